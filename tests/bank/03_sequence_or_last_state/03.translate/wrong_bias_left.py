# expect: gates_in_part
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Orders the kernel and forgets the bias."""
    lstm, dense = keras.layers.LSTM(W.shape[0]), keras.layers.Dense(W.shape[1])
    model = keras.Sequential([keras.Input((W.shape[1], 1)), lstm, dense])
    i, c, f, o = np.split(kernel, 4, axis=1)
    kernel = np.hstack([i, f, c, o])
    lstm.set_weights([kernel[:1], kernel[1:], bias + np.repeat([0, 1, 0, 0], len(W))])
    dense.set_weights([W, b])
    return model
