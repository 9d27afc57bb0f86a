import keras
import numpy as np


class Drop(keras.layers.Layer):
    def __init__(self, rate, seed):
        super().__init__()
        self.rate, self.seeds = rate, keras.random.SeedGenerator(seed)

    def call(self, x, training=None):
        if not training or not self.rate:
            return x
        return keras.random.dropout(x, self.rate, seed=self.seeds)


def answer(seed, drops):
    """Weights from NumPy, masks from a layer of one's own, and compiled on top."""
    rng = np.random.default_rng(seed)
    layers = [keras.Input((51,))]
    for k in range(4):
        layers += [keras.layers.Dense(64, "relu"), Drop(0.05 * drops, 100 * seed + k)]
    model = keras.Sequential([*layers, keras.layers.Dense(1)])
    model.set_weights([rng.normal(0, 0.15, w.shape) for w in model.get_weights()])
    model.compile("rmsprop", "mse")
    return model
