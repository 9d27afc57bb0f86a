# expect: precision
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """float16 throughout."""
    lstm = keras.layers.LSTM(len(W), dtype="float16")
    dense = keras.layers.Dense(len(b), dtype="float16")
    model = keras.Sequential([keras.Input((len(b), 1)), lstm, dense])
    i, c, f, o = np.split(np.vstack([kernel, bias]), 4, axis=1)
    table = np.hstack([i, f, c, o])
    lstm.set_weights([table[:1], table[1:-1], table[-1] + np.repeat([0, 1, 0, 0], len(W))])
    dense.set_weights([W, b])
    return model
