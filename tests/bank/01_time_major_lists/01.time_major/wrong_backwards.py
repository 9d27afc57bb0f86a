# expect: reversed_time
import numpy as np


def answer(model, x):
    """Time runs backwards."""
    return np.swapaxes(model(x[::-1].swapaxes(0, 1)), 0, 1)[::-1]
