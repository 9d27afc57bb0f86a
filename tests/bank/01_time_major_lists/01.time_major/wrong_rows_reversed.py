# expect: scattered
import numpy as np


def answer(model, x):
    """The sequences come back in another order."""
    return np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1)[:, ::-1]
