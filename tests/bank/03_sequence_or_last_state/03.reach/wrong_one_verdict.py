# expect: length
import numpy as np


def answer(moved, delay, sine):
    """One word for the whole model."""
    own = [t >= delay and moved[t - delay, t] for t in range(len(moved))]
    return bool(np.any(own))
