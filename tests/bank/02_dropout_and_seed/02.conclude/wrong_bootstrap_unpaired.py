# expect: few_pairs
import numpy as np


def answer(a, b):
    """Each list for itself."""
    rng, n = np.random.default_rng(0), len(a)
    means = [x[rng.integers(0, n, (2000, n))].mean(axis=1) for x in (a, b)]
    low, high = np.percentile(means[0] - means[1], [2.5, 97.5])
    return "b" if low > 0 else "a" if high < 0 else "not shown"
