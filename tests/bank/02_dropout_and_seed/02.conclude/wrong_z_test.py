# expect: few_pairs
import numpy as np


def answer(a, b):
    """1.96 standard errors, at any n."""
    d = a - b
    z = d.mean() / (d.std(ddof=1) / np.sqrt(len(d)))
    return "not shown" if abs(z) < 1.96 else ("a" if z < 0 else "b")
