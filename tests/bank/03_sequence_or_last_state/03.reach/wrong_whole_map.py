# expect: length
import numpy as np


def answer(moved, delay, sine):
    """A map comes back."""
    return moved & np.eye(len(moved), k=delay, dtype=bool)
