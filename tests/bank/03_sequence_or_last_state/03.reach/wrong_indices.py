# expect: indices
import numpy as np


def answer(moved, delay, sine):
    """Where, not whether."""
    own = np.array([t >= delay and moved[t - delay, t] for t in range(len(moved))])
    return np.flatnonzero(own | (sine & (moved.sum(axis=0) >= 3)))
