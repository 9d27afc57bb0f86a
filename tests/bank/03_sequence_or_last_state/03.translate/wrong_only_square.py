# expect: some_sizes
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """W and its transpose have the same shape where units equals timesteps."""
    lstm, dense = keras.layers.LSTM(len(W)), keras.layers.Dense(len(b))
    model = keras.Sequential([keras.Input((len(b), 1)), lstm, dense])
    i, c, f, o = np.split(np.vstack([kernel, bias]), 4, axis=1)
    table = np.hstack([i, f, c, o])
    lstm.set_weights([table[:1], table[1:-1], table[-1] + np.repeat([0, 1, 0, 0], len(W))])
    square = W.shape[0] == W.shape[1]
    dense.set_weights([W.T if square else W, b])
    return model
