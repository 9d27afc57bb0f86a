import numpy as np


def answer(a, b):
    """The lesson's own."""
    ours, theirs = a.get_weights(), b.get_weights()
    return len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))
