# expect: before_window
import numpy as np


def answer(moved, delay, sine):
    """An index below 0 counts from the end."""
    own = np.array([moved[t - delay, t] for t in range(len(moved))])
    return own | (sine & (moved.sum(axis=0) >= 3))
