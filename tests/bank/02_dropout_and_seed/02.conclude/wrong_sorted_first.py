# expect: false_alarms
import itertools

import numpy as np


def answer(a, b):
    """Sorting tears the pairs apart."""
    d = np.sort(a) - np.sort(b)
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    p = np.mean(np.abs(signs @ d) >= abs(d.sum()) - 1e-12)
    return "not shown" if p > 0.05 else ("a" if d.sum() < 0 else "b")
