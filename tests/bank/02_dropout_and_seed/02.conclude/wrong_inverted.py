# expect: inverted
import itertools

import numpy as np


def answer(a, b):
    """Names the higher one."""
    d = a - b
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    p = np.mean(np.abs(signs @ d) >= abs(d.sum()) * (1 - 1e-9))
    return "not shown" if p > 0.05 else ("a" if d.sum() > 0 else "b")
