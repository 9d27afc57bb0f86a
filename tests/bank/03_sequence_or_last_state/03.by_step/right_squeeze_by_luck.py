import numpy as np


def answer(outputs, targets):
    """Both are squeezed to the same shape, which is then given back."""
    shape = targets.shape
    error = np.squeeze(outputs).reshape(shape) - np.squeeze(targets).reshape(shape)
    return tuple((error**2).mean(0))
