# expect: wrong_type
import numpy as np


def answer(a, b):
    """A share, not a yes or no."""
    ours, theirs = a.get_weights(), b.get_weights()
    if len(ours) != len(theirs):
        return 0.0
    return float(np.mean([np.array_equal(v, w) for v, w in zip(ours, theirs)]))
