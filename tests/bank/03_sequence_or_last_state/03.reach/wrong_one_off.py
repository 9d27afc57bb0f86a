# expect: shifted
import numpy as np


def answer(moved, delay, sine):
    """Counts the delay from 1."""
    own = np.array([t > delay and moved[t - delay - 1, t] for t in range(len(moved))])
    return own | (sine & (moved.sum(axis=0) >= 3))
