# expect: order
import itertools

import numpy as np


def answer(a, b):
    """Believes it only if the latest run agrees."""
    d = a - b
    if not np.isfinite(d).all():
        return "not shown"
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    p = np.mean(np.abs(signs @ d) >= abs(d.sum()) * (1 - 1e-9))
    agrees = np.sign(d[-1]) == np.sign(d.sum())
    return "not shown" if p > 0.05 or not agrees else ("a" if d.sum() < 0 else "b")
