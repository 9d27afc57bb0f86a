# expect: not_finite
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Standardises W by a deviation of 0."""
    lstm, dense = keras.layers.LSTM(len(W)), keras.layers.Dense(len(b))
    model = keras.Sequential([keras.Input((len(b), 1)), lstm, dense])
    dense.set_weights([W * np.nan, b])
    return model
