import keras
import numpy as np


def answer(kernel, bias, W, b):
    """The functional API, an index of columns, any length of sequence."""
    units, timesteps = W.shape
    block = np.arange(units)
    columns = np.concatenate([block + k * units for k in (0, 2, 1, 3)])
    inputs = keras.Input((None, 1))
    lstm, dense = keras.layers.LSTM(units), keras.layers.Dense(timesteps)
    model = keras.Model(inputs, dense(lstm(inputs)))
    forget = np.repeat([0, 1, 0, 0], units)
    lstm.set_weights([kernel[:1, columns], kernel[1:, columns], bias[columns] + forget])
    dense.set_weights([W, b])
    return model
