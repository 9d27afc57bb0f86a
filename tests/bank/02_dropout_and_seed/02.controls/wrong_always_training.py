# expect: drops_in_predict
import keras


class Always(keras.layers.Dropout):
    def call(self, x, training=None):
        return super().call(x, training=True)


def answer(seed, drops):
    """A Dropout that can't be told otherwise."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), Always(0.05 if drops else 1e-9)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
