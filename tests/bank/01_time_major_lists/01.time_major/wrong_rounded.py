# expect: values
import numpy as np


def answer(model, x):
    """Rounds to one place."""
    return np.round(np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1), 1)
