# expect: raised
import numpy as np


def answer(moved, delay, sine):
    """The size of the lesson's figure."""
    own = np.array([t >= delay and moved[t - delay, t] for t in range(7)])
    return own | (sine & (moved.sum(axis=0) >= 3))
