import keras
import numpy as np


def answer(kernel, bias, W, b):
    """The lesson's own way."""
    units, timesteps = W.shape
    lstm, dense = keras.layers.LSTM(units), keras.layers.Dense(timesteps)
    model = keras.Sequential([keras.Input((timesteps, 1)), lstm, dense])
    i, c, f, o = np.split(kernel, 4, axis=1)
    kernel = np.concatenate([i, f, c, o], axis=1)
    i, c, f, o = np.split(bias, 4)
    lstm.set_weights([kernel[:1], kernel[1:], np.concatenate([i, f + 1, c, o])])
    dense.set_weights([W, b])
    return model
