import keras


class answer(keras.Model):
    """Calls its layers."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps, self.chain = list(layers), None
        if input_shape is not None:
            x = inputs = keras.Input(input_shape)
            for layer in self.steps:
                x = layer(x)
            self.chain = keras.Model(inputs, x)

    def build(self, shape):
        for layer in self.steps:
            if not layer.built:
                layer.build(shape)
            shape = layer.compute_output_shape(shape)

    def call(self, x, training=None):
        if self.chain is not None:
            return self.chain(x)
        for layer in self.steps:
            x = layer(x)
        return x
