# expect: never_shown
import itertools

import numpy as np


def answer(a, b):
    """One in a million."""
    d = a - b
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    p = np.mean(np.abs(signs @ d) >= abs(d.sum()) * (1 - 1e-9))
    if p > 1e-6:
        return "not shown"
    return "a" if d.mean() < 0 else "b"
