# expect: summed
import numpy as np


def answer(outputs, targets):
    """A sum over the batch."""
    return np.sum((outputs.reshape(targets.shape) - targets) ** 2, axis=0)
