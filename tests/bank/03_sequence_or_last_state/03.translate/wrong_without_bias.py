# expect: no_bias
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Keeps the bias that Keras draws, which is 1 for the forget gate."""
    lstm, dense = keras.layers.LSTM(W.shape[0]), keras.layers.Dense(W.shape[1])
    model = keras.Sequential([keras.Input((W.shape[1], 1)), lstm, dense])
    i, c, f, o = np.split(kernel, 4, axis=1)
    kernel = np.hstack([i, f, c, o])
    lstm.set_weights([kernel[:1], kernel[1:], lstm.get_weights()[2]])
    dense.set_weights([W, b])
    return model
