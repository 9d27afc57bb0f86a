# expect: some_sizes
import numpy as np


def answer(model, x):
    """Takes a square for batch-major."""
    if x.shape[0] == x.shape[1]:
        return model(x)
    return np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1)
