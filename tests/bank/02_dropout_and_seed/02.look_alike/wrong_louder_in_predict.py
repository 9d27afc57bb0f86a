# expect: other_prediction
import keras


class answer(keras.Model):
    """Adds something where nobody trains."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps, self.chain = list(layers), None
        if input_shape is not None:
            x = inputs = keras.Input(input_shape)
            for layer in self.steps:
                x = layer(x)
            self.chain = keras.Model(inputs, x)

    def call(self, x, training=None):
        for layer in self.steps:
            x = layer(x)
        return x if training or not getattr(self, "optimizer", None) else 1.01 * x
