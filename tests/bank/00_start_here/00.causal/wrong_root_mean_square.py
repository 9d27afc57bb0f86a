# expect: no_mean
import numpy as np


def answer(x, window):
    """The mean of the squares, and its root."""
    return np.sqrt(
        np.array([(x[max(0, t - window + 1) : t + 1] ** 2).mean() for t in range(len(x))])
    )
