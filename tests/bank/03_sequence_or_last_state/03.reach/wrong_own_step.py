# expect: own_step
import numpy as np


def answer(moved, delay, sine):
    """Forgets the delay."""
    return np.diagonal(moved) | (sine & (moved.sum(axis=0) >= 3))
