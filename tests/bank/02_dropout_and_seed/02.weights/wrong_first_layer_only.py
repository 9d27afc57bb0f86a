# expect: kernels_only
import numpy as np


def answer(a, b):
    """One kernel stands for all."""
    ours, theirs = a.get_weights(), b.get_weights()
    return len(ours) == len(theirs) and np.array_equal(ours[0], theirs[0])
