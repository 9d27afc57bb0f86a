import keras
import numpy as np


def answer(kernel, bias, W, b):
    """W as a convolution over one step."""
    units, timesteps = W.shape
    lstm = keras.layers.LSTM(units)
    conv = keras.layers.Conv1D(timesteps, 1)
    model = keras.Sequential(
        [
            keras.Input((timesteps, 1)),
            lstm,
            keras.layers.Reshape((1, units)),
            conv,
            keras.layers.Flatten(),
        ]
    )
    i, c, f, o = np.split(kernel, 4, axis=1)
    bi, bc, bf, bo = np.split(bias, 4)
    kernel = np.concatenate([i, f, c, o], axis=1)
    lstm.set_weights([kernel[:1], kernel[1:], np.concatenate([bi, bf + 1, bc, bo])])
    conv.set_weights([W[None], b])
    return model
