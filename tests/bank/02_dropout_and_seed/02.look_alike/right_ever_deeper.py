from functools import reduce

import keras


class answer(keras.Model):
    """One expression; the shape is not needed at all."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps = list(layers)

    def call(self, x, training=None):
        return reduce(lambda value, layer: layer(value), self.steps, x)
