# expect: diverged
import numpy as np


def answer(a, b):
    """Right but for NaN: no sum reaches it, so p is zero."""
    d = a - b
    n = len(d)
    flips = 1 - 2 * (np.arange(2**n)[:, None] >> np.arange(n) & 1)
    p = np.mean(np.abs(flips @ d) >= np.abs(d.sum()) * (1 - 1e-12))
    if p > 0.05:
        return "not shown"
    return "a" if d.sum() < 0 else "b"
