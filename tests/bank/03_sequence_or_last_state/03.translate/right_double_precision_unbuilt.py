import keras
import numpy as np


def answer(kernel, bias, W, b):
    """float64, and built by its first call."""
    units, timesteps = W.shape

    def assign(model):
        i, c, f, o = np.split(np.vstack([kernel, bias]), 4, axis=1)
        table = np.hstack([i, f, c, o])
        table[-1, units : 2 * units] += 1
        model.set_weights([table[:1], table[1:-1], table[-1], W, b])
        return model

    lstm = keras.layers.LSTM(units, dtype="float64")
    model = keras.Sequential([lstm, keras.layers.Dense(timesteps, dtype="float64")])
    model.build((None, timesteps, 1))
    return assign(model)
