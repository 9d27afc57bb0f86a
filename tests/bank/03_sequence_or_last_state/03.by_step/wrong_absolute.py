# expect: absolute
import numpy as np


def answer(outputs, targets):
    """Not squared."""
    return np.abs(outputs.reshape(targets.shape) - targets).mean(axis=0)
