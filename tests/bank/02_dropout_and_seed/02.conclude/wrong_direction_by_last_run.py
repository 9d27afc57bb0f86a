# expect: wrong_side
import itertools

import numpy as np


def answer(a, b):
    """Is it different? All runs decide. Which way? The best run does."""
    d = a - b
    if not np.isfinite(d).all():
        return "not shown"
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    p = np.mean(np.abs(signs @ d) >= abs(d.sum()) * (1 - 1e-9))
    return "not shown" if p > 0.05 else ("a" if a[0] < b[-1] else "b")
