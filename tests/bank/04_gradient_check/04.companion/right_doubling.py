import numpy as np


def answer(make):
    """Each sample is twice the one before."""
    inputs, targets = make(2.0 ** np.arange(24))
    x, y = np.ravel(inputs), np.ravel(targets)
    return len(x) == len(y) and all(b == 2 * a for a, b in zip(x, y))
