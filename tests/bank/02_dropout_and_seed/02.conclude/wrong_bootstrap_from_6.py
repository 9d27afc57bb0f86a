# expect: false_alarms
import numpy as np


def answer(a, b):
    """Knows that few pairs are few; goes on with a narrow interval."""
    d = a - b
    if len(d) < 6:
        return "not shown"
    rng = np.random.default_rng(0)
    means = d[rng.integers(0, len(d), (2000, len(d)))].mean(axis=1)
    low, high = np.percentile(means, [5, 95])
    return "b" if low > 0 else "a" if high < 0 else "not shown"
