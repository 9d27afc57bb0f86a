# expect: not_finite
import numpy as np


def answer(moved, delay, sine):
    """NaN where it is not sure."""
    return np.where(np.arange(len(moved)) < delay, np.nan, 1.0)
