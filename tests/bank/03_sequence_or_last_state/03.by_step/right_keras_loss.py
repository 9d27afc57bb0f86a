import keras
import numpy as np


def answer(outputs, targets):
    """The loss of each step, asked for with the batch as the last axis."""
    outputs = np.reshape(outputs, targets.shape)
    return keras.losses.mean_squared_error(targets.T, outputs.T)
