# expect: gate_order
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Minds the forget bias only."""
    lstm, dense = keras.layers.LSTM(W.shape[0]), keras.layers.Dense(W.shape[1])
    model = keras.Sequential([keras.Input((W.shape[1], 1)), lstm, dense])
    bias = bias + np.repeat([0, 0, 1, 0], W.shape[0])
    lstm.set_weights([kernel[:1], kernel[1:], bias.astype("float32")])
    dense.set_weights([W, b])
    return model
