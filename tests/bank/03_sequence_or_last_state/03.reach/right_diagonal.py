import numpy as np


def answer(moved, delay, sine):
    """The wanted samples lie on a diagonal of the map."""
    own = np.zeros(len(moved), bool)
    if delay < len(moved):
        own[delay:] = np.diagonal(moved, delay)
    return own | (sine & (moved.sum(0) > 2))
