# expect: hears_future
import numpy as np


def answer(x, window):
    """Looks ahead, and divides by nothing at window 1."""
    half = window // 2
    means = [x[max(0, t - half) : t + half + 1].mean() for t in range(len(x))]
    return np.array(means) if window > 1 else np.full(len(x), np.nan)
