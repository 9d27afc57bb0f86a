# expect: both_needed
import numpy as np


def answer(moved, delay, sine):
    """And for or."""
    own = np.array([t >= delay and moved[t - delay, t] for t in range(len(moved))])
    return own & (moved.sum(axis=0) >= 3) if sine else own
