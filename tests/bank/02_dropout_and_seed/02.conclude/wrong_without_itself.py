# expect: few_pairs
import itertools

import numpy as np


def answer(a, b):
    """Counts only what is more extreme: three pairs can give p = 0."""
    d = a - b
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    p = np.mean(np.abs(signs @ d) > abs(d.sum()) + 1e-12)
    return "not shown" if p > 0.05 else ("a" if d.sum() < 0 else "b")
