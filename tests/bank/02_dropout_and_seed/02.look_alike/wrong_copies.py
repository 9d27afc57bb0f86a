# expect: other_start
import keras


class answer(keras.Model):
    """Makes the layers anew, with other weights."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps = []
        for layer in layers:
            config = layer.get_config()
            if "kernel_initializer" in config:
                config["kernel_initializer"] = keras.initializers.GlorotUniform(seed=99)
            self.steps.append(type(layer).from_config(config))

    def call(self, x, training=None):
        for layer in self.steps:
            x = layer(x)
        return x
