# expect: by_row
import keras
import numpy as np


def answer(outputs, targets):
    """Keras takes the mean over the last axis."""
    outputs = np.reshape(outputs, targets.shape)
    return keras.losses.mean_squared_error(targets, outputs)
