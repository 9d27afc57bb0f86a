# expect: by_row
import numpy as np


def answer(outputs, targets):
    """The mean over the steps."""
    return np.mean((outputs.reshape(targets.shape) - targets) ** 2, axis=1)
