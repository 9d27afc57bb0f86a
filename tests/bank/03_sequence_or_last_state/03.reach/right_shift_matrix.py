import numpy as np


def answer(moved, delay, sine):
    """A matrix that marks the wanted sample of each output."""
    wanted = np.eye(len(moved), k=delay, dtype=bool)
    own = (moved & wanted).any(axis=0)
    return np.where(sine, own | (moved.sum(axis=0) >= 3), own)
