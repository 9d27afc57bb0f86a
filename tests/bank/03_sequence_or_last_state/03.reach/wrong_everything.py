# expect: constant
import numpy as np


def answer(moved, delay, sine):
    """The optimist."""
    return np.ones(len(moved), bool)
