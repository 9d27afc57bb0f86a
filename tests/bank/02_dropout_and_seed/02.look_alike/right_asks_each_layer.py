import inspect

import keras


class answer(keras.Model):
    """Goes on with `call`, tells it of training, and builds by hand."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps = list(layers)
        if input_shape is not None:
            self.build((None, *input_shape))

    def build(self, shape):
        for layer in self.steps:
            if not layer.built:
                layer.build(shape)
            shape = layer.compute_output_shape(shape)
        self.built = True

    def call(self, x, training=None):
        for layer in self.steps:
            hears = "training" in inspect.signature(layer.call).parameters
            x = layer.call(x, training=bool(training)) if hears else layer.call(x)
        return x
