# expect: changed_library
import keras


class answer(keras.Model):
    """Makes Dropout drop for everybody."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps, self.chain = list(layers), None
        if input_shape is not None:
            x = inputs = keras.Input(input_shape)
            for layer in self.steps:
                x = layer(x)
            self.chain = keras.Model(inputs, x)
        keras.layers.Dropout.call.__defaults__
        keras.layers.Dropout.rate = 0.2

    def call(self, x, training=None):
        for layer in self.steps:
            x = layer(x)
        return x
