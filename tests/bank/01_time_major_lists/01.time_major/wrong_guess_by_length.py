# expect: some_sizes
import numpy as np


def answer(model, x):
    """Takes the longer axis for time."""
    if x.shape[0] >= x.shape[1]:
        return np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1)
    return model(x)
