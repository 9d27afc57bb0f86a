import numpy as np


def answer(moved, delay, sine):
    """No sample before the window, then the diagonal."""
    own = np.concatenate([np.zeros(delay, bool), np.diagonal(moved, delay)])
    return own | (sine & (moved.sum(axis=0) >= 3))
