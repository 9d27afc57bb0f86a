# expect: wrong_start
import numpy as np


def answer(x, window):
    """Where the window is longer than the series, it divides by the window."""
    means = np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])
    return means * np.arange(1, len(x) + 1) / window if window > len(x) else means
