import keras


class answer(keras.Model):
    """Chains its layers as soon as the shape is known, at the latest in build."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps, self.chain = list(layers), None
        if input_shape is not None:
            self.build((None, *input_shape))

    def build(self, shape):
        if self.chain is None:
            x = inputs = keras.Input(tuple(shape)[1:])
            for layer in self.steps:
                x = layer(x)
            self.chain = keras.Model(inputs, x)
        self.built = True

    def call(self, x, training=False):
        return self.chain(x, training=training)
