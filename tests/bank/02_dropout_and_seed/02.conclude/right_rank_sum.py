import itertools

import numpy as np


def sums(n):
    """How often each sum of n ranks out of 2 n comes up, by counting."""
    counts = {(0, 0): 1}
    for rank in range(1, 2 * n + 1):
        for (k, total), ways in list(counts.items()):
            if k < n:
                key = k + 1, total + rank
                counts[key] = counts.get(key, 0) + ways
    return {total: ways for (k, total), ways in counts.items() if k == n}


def answer(a, b):
    """Mann and Whitney: ranks of all losses, infinity and NaN as the worst."""
    n = len(a)
    every = np.nan_to_num(np.concatenate([a, b]), nan=np.inf)
    if len(set(every)) < 2 * n and np.array_equal(a, b):
        return "not shown"
    seen = every.argsort().argsort()[:n].sum() + n
    middle, counts = n * (2 * n + 1) / 2, sums(n)
    far = sum(ways for total, ways in counts.items() if abs(total - middle) >= abs(seen - middle))
    if far / sum(counts.values()) > 0.05:
        return "not shown"
    return "a" if seen < middle else "b"
