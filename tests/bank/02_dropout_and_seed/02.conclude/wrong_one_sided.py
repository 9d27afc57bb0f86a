# expect: one_sided
import itertools

import numpy as np


def answer(a, b):
    """Takes the smaller tail for p."""
    d = a - b
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    sums = signs @ d
    p = min(np.mean(sums >= d.sum() - 1e-12), np.mean(sums <= d.sum() + 1e-12))
    return "not shown" if p > 0.05 else ("a" if d.sum() < 0 else "b")
