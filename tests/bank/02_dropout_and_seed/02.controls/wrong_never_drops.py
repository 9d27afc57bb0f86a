# expect: never_drops
import keras


class Net(keras.Sequential):
    def call(self, x, training=None):
        for layer in self.layers:
            x = layer.call(x)
        return x


def answer(seed, drops):
    """The fault of the look-alike: Dropout is there and never hears of training."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(0.05 if drops else 1e-9)]
    return Net([*layers, keras.layers.Dense(1)])
