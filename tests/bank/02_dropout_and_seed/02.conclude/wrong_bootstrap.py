# expect: few_pairs
import numpy as np


def answer(a, b):
    """A percentile interval of the mean difference."""
    d = a - b
    rng = np.random.default_rng(0)
    means = d[rng.integers(0, len(d), (2000, len(d)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    if low > 0:
        return "b"
    if high < 0:
        return "a"
    return "not shown"
