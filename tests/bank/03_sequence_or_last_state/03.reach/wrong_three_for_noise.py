# expect: noise_too
import numpy as np


def answer(moved, delay, sine):
    """Three samples, whatever the signal."""
    own = np.array([t >= delay and moved[t - delay, t] for t in range(len(moved))])
    return own | (moved.sum(axis=0) >= 3)
