# expect: before_window
import numpy as np


def answer(moved, delay, sine):
    """An index below 0 becomes 0."""
    own = np.array([moved[max(0, t - delay), t] for t in range(len(moved))])
    return own | (sine & (moved.sum(axis=0) >= 3))
