# expect: stretched
import numpy as np


def answer(outputs, targets):
    """Subtracted as they come."""
    return np.mean((outputs - targets) ** 2, axis=0)
