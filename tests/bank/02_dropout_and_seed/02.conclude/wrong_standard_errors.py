# expect: few_pairs
import numpy as np


def answer(a, b):
    """The error bars do not touch."""
    n = np.sqrt(len(a))
    gap = abs(a.mean() - b.mean())
    if gap <= a.std(ddof=1) / n + b.std(ddof=1) / n:
        return "not shown"
    return "a" if a.mean() < b.mean() else "b"
