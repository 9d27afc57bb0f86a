# expect: states
import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Three of the four gates, in a GRU."""
    gru, dense = keras.layers.GRU(len(W), reset_after=False), keras.layers.Dense(len(b))
    model = keras.Sequential([keras.Input((len(b), 1)), gru, dense])
    parts = [np.split(a, 4, axis=-1) for a in (kernel[:1], kernel[1:], bias)]
    gru.set_weights([np.concatenate([f, i, c], axis=-1) for i, c, f, o in parts])
    dense.set_weights([W, b])
    return model
