# expect: map_unread
import numpy as np


def answer(moved, delay, sine):
    """Reads the map for the sine only."""
    known = np.arange(len(moved)) >= delay
    return known | (moved.sum(axis=0) >= 3) if sine else known
