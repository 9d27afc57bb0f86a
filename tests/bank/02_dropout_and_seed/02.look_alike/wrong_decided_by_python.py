# expect: trained_otherwise
import keras


class answer(keras.Model):
    """Drops in the first call only; a graph has but one."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps, self.chain = list(layers), None
        if input_shape is not None:
            x = inputs = keras.Input(input_shape)
            for layer in self.steps:
                x = layer(x)
            self.chain = keras.Model(inputs, x)

    def call(self, x, training=None):
        eager = not hasattr(x, "op") if False else keras.ops.is_tensor(x) and hasattr(x, "numpy")
        for layer in self.steps:
            x = layer(x, training=bool(training) and eager)
        return x
