# expect: frozen_mask
import keras


class Drop(keras.layers.Layer):
    def __init__(self, rate, seed):
        super().__init__()
        self.rate, self.number = rate, seed

    def call(self, x, training=None):
        return keras.random.dropout(x, self.rate, seed=self.number) if training else x


def answer(seed, drops):
    """A whole number as a seed gives the same mask at each step."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for k in range(4):
        layers += [keras.layers.Dense(64, "relu")]
        later = keras.layers.Dropout(0.05 if drops else 0, seed=seed * 9 + k)
        layers.append(later if k else Drop(0.05 * drops, seed))
    return keras.Sequential([*layers, keras.layers.Dense(1)])
