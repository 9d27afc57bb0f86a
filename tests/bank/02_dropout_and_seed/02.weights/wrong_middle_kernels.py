# expect: missed
import numpy as np


def answer(a, b):
    """Leaves the first and the last layer out."""
    ours, theirs = a.get_weights(), b.get_weights()
    if [w.shape for w in ours] != [w.shape for w in theirs]:
        return False
    return all(map(np.array_equal, ours[1:-2], theirs[1:-2]))
