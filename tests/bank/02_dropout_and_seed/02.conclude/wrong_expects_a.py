# expect: one_direction
import itertools

import numpy as np


def answer(a, b):
    """Knows beforehand which one ought to win."""
    d = a - b
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    p = np.mean(signs @ d <= d.sum() + 1e-12)
    return "a" if p <= 0.05 else "not shown"
