# expect: wrong_type
import numpy as np


def answer(a, b):
    """One yes or no for each array."""
    return [np.array_equal(v, w) for v, w in zip(a.get_weights(), b.get_weights())]
