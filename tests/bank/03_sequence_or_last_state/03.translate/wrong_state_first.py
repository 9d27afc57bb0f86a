# expect: rows_exchanged
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Takes the last row for x."""
    lstm, dense = keras.layers.LSTM(W.shape[0]), keras.layers.Dense(W.shape[1])
    model = keras.Sequential([keras.Input((W.shape[1], 1)), lstm, dense])
    i, c, f, o = np.split(kernel, 4, axis=1)
    kernel = np.hstack([i, f, c, o])
    i, c, f, o = np.split(bias, 4)
    lstm.set_weights([kernel[-1:], kernel[:-1], np.hstack([i, f + 1, c, o])])
    dense.set_weights([W, b])
    return model
