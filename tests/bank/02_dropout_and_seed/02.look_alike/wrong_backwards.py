# expect: raised
import keras


class answer(keras.Model):
    """The wrong end first."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps, self.chain = list(layers), None
        if input_shape is not None:
            x = inputs = keras.Input(input_shape)
            for layer in self.steps:
                x = layer(x)
            self.chain = keras.Model(inputs, x)

    def call(self, x, training=None):
        for layer in reversed(self.steps):
            x = layer(x)
        return self.missing(x)
