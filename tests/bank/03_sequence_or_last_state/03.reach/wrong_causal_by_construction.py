# expect: other
import numpy as np


def answer(moved, delay, sine):
    """Believes the map for the sine and the first half only."""
    half = len(moved) // 2
    own = np.array([t >= delay and moved[t - delay, t] for t in range(len(moved))])
    own[half:] = True
    return own | (sine & (moved.sum(axis=0) >= 3))
