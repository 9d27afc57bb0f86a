# expect: transposed
import numpy as np


def answer(moved, delay, sine):
    """Counts the outputs that an input moves."""
    own = np.array([t >= delay and moved[t - delay, t] for t in range(len(moved))])
    return own | (sine & (moved.sum(axis=1) >= 3))
