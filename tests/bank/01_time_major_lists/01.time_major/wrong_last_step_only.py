# expect: shape
import numpy as np


def answer(model, x):
    """The last step of each sequence."""
    return np.asarray(model(np.swapaxes(x, 0, 1)))[:, -1]
