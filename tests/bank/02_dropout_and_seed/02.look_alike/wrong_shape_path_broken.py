# expect: never_drops
import keras


class answer(keras.Model):
    """Mends one way and breaks the other."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps, self.chain = list(layers), None
        if input_shape is not None:
            x = inputs = keras.Input(input_shape)
            for layer in self.steps:
                x = layer(x)
            self.chain = keras.Model(inputs, x)

    def call(self, x, training=None):
        if self.chain is not None:
            return self.chain(x, training=False)
        for layer in self.steps:
            x = layer(x)
        return x
