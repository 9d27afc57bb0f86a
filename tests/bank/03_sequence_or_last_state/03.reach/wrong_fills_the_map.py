# expect: changed_arguments
import numpy as np


def answer(moved, delay, sine):
    """Works in the map itself."""
    moved &= np.eye(len(moved), k=delay, dtype=bool)
    return moved.any(axis=0)
