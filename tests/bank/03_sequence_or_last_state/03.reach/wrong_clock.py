# expect: map_unread
import numpy as np


def answer(moved, delay, sine):
    """Says what everybody says."""
    return np.arange(len(moved)) >= delay
