# expect: scale
import keras


class Drop(keras.layers.Layer):
    def __init__(self, rate, seed):
        super().__init__()
        self.rate, self.seeds = rate, keras.random.SeedGenerator(seed)

    def call(self, x, training=None):
        if not training or not self.rate:
            return x
        noise = keras.random.uniform(keras.ops.shape(x), seed=self.seeds)
        return x * keras.ops.cast(noise >= self.rate, x.dtype)


def answer(seed, drops):
    """Zeros, and nothing made up for them."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for k in range(4):
        layers += [keras.layers.Dense(64, "relu"), Drop(0.05 * drops, seed * 9 + k)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
