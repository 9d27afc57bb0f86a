# expect: centred
import numpy as np


def answer(outputs, targets):
    """What np.var calls the mean of squares."""
    return np.var(outputs.reshape(targets.shape) - targets, axis=0)
