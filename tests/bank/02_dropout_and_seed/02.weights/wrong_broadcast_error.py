# expect: raised
import numpy as np


def answer(a, b):
    """Differences of arrays that do not fit."""
    ours, theirs = a.get_weights(), b.get_weights()
    if len(ours) != len(theirs):
        return False
    return all(np.abs(v - w).max() == 0 for v, w in zip(ours, theirs))
