# expect: other_input
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Right in all but the length that it announces."""
    lstm, dense = keras.layers.LSTM(len(W)), keras.layers.Dense(len(b))
    model = keras.Sequential([keras.Input((25, 1)), lstm, dense])
    i, c, f, o = np.split(np.vstack([kernel, bias]), 4, axis=1)
    table = np.hstack([i, f, c, o])
    lstm.set_weights([table[:1], table[1:-1], table[-1] + np.repeat([0, 1, 0, 0], len(W))])
    dense.set_weights([W, b])
    return model
