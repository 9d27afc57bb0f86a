import numpy as np


def answer(a, b):
    """Refuses at the first difference."""
    if len(a.weights) != len(b.weights):
        return False
    for v, w in zip(a.weights, b.weights):
        v, w = np.asarray(v), np.asarray(w)
        if v.shape != w.shape:
            return False
        if (v != w).any():
            return False
    return True
