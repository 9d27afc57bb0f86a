# expect: transposed
import numpy as np


def answer(moved, delay, sine):
    """Exchanges inputs and outputs."""
    own = np.array([t >= delay and moved[t, t - delay] for t in range(len(moved))])
    return own | (sine & (moved.sum(axis=0) >= 3))
