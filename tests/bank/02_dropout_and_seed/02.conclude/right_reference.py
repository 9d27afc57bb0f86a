import numpy as np


def answer(a, b):
    """The sign-flip test, every way to flip the signs."""
    d = np.asarray(a, float) - np.asarray(b, float)
    if not np.isfinite(d).all():
        return "not shown"
    n = len(d)
    flips = 1 - 2 * (np.arange(2**n)[:, None] >> np.arange(n) & 1)
    sums = np.abs(flips @ d)
    p = np.mean(sums >= np.abs(d.sum()) * (1 - 1e-12))
    if not p <= 0.05:
        return "not shown"
    return "a" if d.sum() < 0 else "b"
