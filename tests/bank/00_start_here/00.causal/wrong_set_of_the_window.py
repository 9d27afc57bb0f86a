# expect: some_series
import numpy as np


def answer(x, window):
    """Equal values count once."""
    windows = [set(x[max(0, t - window + 1) : t + 1]) for t in range(len(x))]
    return np.array([sum(seen) / len(seen) for seen in windows])
