# expect: not_finite
import numpy as np


def answer(model, x):
    """A division by zero."""
    outputs = np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1)
    with np.errstate(all="ignore"):
        return outputs * (np.zeros(1) / 0)
