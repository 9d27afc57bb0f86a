# expect: wrong_way
import numpy as np


def answer(moved, delay, sine):
    """Plus for minus."""
    n = len(moved)
    own = np.array([t + delay < n and moved[t + delay, t] for t in range(n)])
    return own | (sine & (moved.sum(axis=0) >= 3))
