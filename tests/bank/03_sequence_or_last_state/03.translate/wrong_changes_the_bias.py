# expect: changed_arguments
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Adds the 1 in place."""
    units = len(W)
    bias[2 * units : 3 * units] += 1
    lstm, dense = keras.layers.LSTM(units), keras.layers.Dense(len(b))
    model = keras.Sequential([keras.Input((len(b), 1)), lstm, dense])
    i, c, f, o = np.split(np.vstack([kernel, bias]), 4, axis=1)
    table = np.hstack([i, f, c, o])
    lstm.set_weights([table[:1], table[1:-1], table[-1]])
    dense.set_weights([W, b])
    return model
