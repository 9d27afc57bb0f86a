# expect: missed_clear
import itertools

import numpy as np


def answer(a, b):
    """Another level than was asked for."""
    d = a - b
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    p = np.mean(np.abs(signs @ d) >= abs(d.sum()) * (1 - 1e-9))
    return "not shown" if p > 0.01 else ("a" if d.sum() < 0 else "b")
