# expect: warm_up_unheard
import keras
import numpy as np


def answer(timesteps, delay, units):
    """Multiplies the warm-up by 0."""
    inputs = keras.Input((delay + timesteps, 1))
    weights = np.repeat([0.0, 1.0], [delay, timesteps]).astype("float32")[:, None]
    states = keras.layers.LSTM(units, return_sequences=True)(inputs * weights)
    return keras.Model(inputs, keras.layers.Dense(1)(states[:, delay:]))
