# expect: upside_down
import numpy as np


def answer(moved, delay, sine):
    """The condition turned around."""
    own = np.array([t >= delay and moved[t - delay, t] for t in range(len(moved))])
    return own if sine else own | (moved.sum(axis=0) >= 3)
