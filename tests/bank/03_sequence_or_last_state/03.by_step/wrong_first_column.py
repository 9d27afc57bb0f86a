# expect: column_only
import numpy as np


def answer(outputs, targets):
    """Takes the first of the last axis, whatever that is."""
    return np.mean((outputs[..., 0] - targets) ** 2, axis=0)
