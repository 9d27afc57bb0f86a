# expect: changed_arguments
import numpy as np


def answer(model, x):
    """Changes the caller's array."""
    x *= 0.5
    return np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1)
