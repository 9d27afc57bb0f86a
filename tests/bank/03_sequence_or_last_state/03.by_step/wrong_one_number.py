# expect: one_number
import numpy as np


def answer(outputs, targets):
    """The mean of everything."""
    return np.mean((outputs.reshape(targets.shape) - targets) ** 2)
