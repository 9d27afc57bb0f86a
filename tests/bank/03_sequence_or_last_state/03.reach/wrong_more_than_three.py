# expect: other_count
import numpy as np


def answer(moved, delay, sine):
    """More than three."""
    own = np.array([t >= delay and moved[t - delay, t] for t in range(len(moved))])
    return own | (sine & (moved.sum(axis=0) > 3))
