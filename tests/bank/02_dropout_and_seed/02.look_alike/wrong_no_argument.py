# expect: no_training
import keras


class answer(keras.Model):
    """Calls its layers, but cannot hear."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps, self.chain = list(layers), None
        if input_shape is not None:
            x = inputs = keras.Input(input_shape)
            for layer in self.steps:
                x = layer(x)
            self.chain = keras.Model(inputs, x)

    def call(self, x):
        for layer in self.steps:
            x = layer(x)
        return x
