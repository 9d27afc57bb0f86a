import numpy as np


def answer(make):
    """A rising signal, and a binary search."""
    signal = np.cumsum(np.random.default_rng(3).integers(1, 50, size=80)).astype(float)
    x, y = (np.asarray(part).squeeze() for part in make(signal.copy()))
    if x.shape != y.shape:
        return False
    k = np.searchsorted(signal, x)
    known = np.append(signal, np.nan)
    return bool(np.array_equal(known[k], x) and np.array_equal(known[k + 1], y))
