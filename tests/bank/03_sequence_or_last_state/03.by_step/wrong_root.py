# expect: root
import numpy as np


def answer(outputs, targets):
    """Back to the units of the signal."""
    return np.sqrt(np.mean((outputs.reshape(targets.shape) - targets) ** 2, axis=0))
