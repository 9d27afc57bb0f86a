# expect: other_state
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Reads from the end."""
    lstm = keras.layers.LSTM(len(W), go_backwards=True)
    dense = keras.layers.Dense(W.shape[1])
    model = keras.Sequential([keras.Input((W.shape[1], 1)), lstm, dense])
    i, c, f, o = np.split(np.vstack([kernel, bias]), 4, axis=1)
    table = np.hstack([i, f, c, o])
    lstm.set_weights([table[:1], table[1:-1], table[-1] + np.repeat([0, 1, 0, 0], len(W))])
    dense.set_weights([W, b])
    return model
