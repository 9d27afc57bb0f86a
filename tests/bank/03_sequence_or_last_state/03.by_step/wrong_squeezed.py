# expect: one_step
import numpy as np


def answer(outputs, targets):
    """squeeze without an axis."""
    return np.mean((np.squeeze(outputs) - targets) ** 2, axis=0)
