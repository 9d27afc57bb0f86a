# expect: unseeded
import keras
import numpy as np


def answer(seed, drops):
    """Seeds NumPy, where Keras draws from Python's random."""
    np.random.seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(0.05 if drops else 1e-9)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
