import itertools

import numpy as np


def answer(a, b):
    """Signed ranks; a pair that diverged is left out."""
    d = np.asarray(a) - np.asarray(b)
    d = d[np.isfinite(d) & (d != 0)]
    ranks = np.abs(d).argsort().argsort() + 1
    if len(d) < 6:
        return "not shown"
    signs = np.array(list(itertools.product([-1, 1], repeat=len(d))))
    seen = (ranks * np.sign(d)).sum()
    p = np.mean(np.abs(signs @ ranks) >= abs(seen))
    return "not shown" if p > 0.05 else ("a" if seen < 0 else "b")
