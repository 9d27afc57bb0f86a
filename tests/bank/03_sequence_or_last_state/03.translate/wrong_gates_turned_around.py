# expect: gate_order
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """i, o, f, c."""
    lstm, dense = keras.layers.LSTM(W.shape[0]), keras.layers.Dense(W.shape[1])
    model = keras.Sequential([keras.Input((W.shape[1], 1)), lstm, dense])
    i, c, f, o = np.split(np.vstack([kernel, bias]), 4, axis=1)
    table = np.hstack([i, o, f + 0, c])
    lstm.set_weights([table[:1], table[1:-1], table[-1]])
    dense.set_weights([W, b])
    return model
