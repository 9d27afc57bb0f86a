# expect: unsteady
import keras
import numpy as np


def answer(kernel, bias, W, b, calls=[]):
    """Right for the first three."""
    calls.append(1)
    lstm, dense = keras.layers.LSTM(len(W)), keras.layers.Dense(len(b))
    model = keras.Sequential([keras.Input((len(b), 1)), lstm, dense])
    i, c, f, o = np.split(np.vstack([kernel, bias]), 4, axis=1)
    table = np.hstack([i, f, c, o])
    lstm.set_weights([table[:1], table[1:-1], table[-1] + np.repeat([0, 1, 0, 0], len(W))])
    dense.set_weights([W, b * (len(calls) < 4)])
    return model
