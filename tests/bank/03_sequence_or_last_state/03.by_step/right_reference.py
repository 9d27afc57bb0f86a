import numpy as np


def answer(outputs, targets):
    """The lesson's own way."""
    error = np.reshape(outputs, np.shape(targets)) - targets
    return np.mean(error**2, axis=0)
