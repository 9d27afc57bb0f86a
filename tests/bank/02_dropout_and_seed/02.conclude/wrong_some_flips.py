# expect: order
import numpy as np


def answer(a, b):
    """n squared choices of signs instead of all: the last pairs of ten are never flipped."""
    d = np.asarray(a, float) - np.asarray(b, float)
    d = d[np.isfinite(d)]
    n = len(d)
    flips = 1 - 2 * (np.arange(n**2)[:, None] >> np.arange(n) & 1)
    p = np.mean(np.abs(flips @ d) >= np.abs(d.sum()) * (1 - 1e-12))
    if not p <= 0.05:
        return "not shown"
    return "a" if d.sum() < 0 else "b"
