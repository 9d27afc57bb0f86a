# expect: cut_short
import numpy as np


def answer(a, b):
    """zip ends with the shorter list."""
    return all(np.array_equal(v, w) for v, w in zip(a.get_weights(), b.get_weights()))
