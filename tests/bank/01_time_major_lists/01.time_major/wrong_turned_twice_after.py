# expect: fed_time_major
import numpy as np


def answer(model, x):
    """There and back, both after the call."""
    return np.asarray(model(x)).swapaxes(0, 1).swapaxes(0, 1)
