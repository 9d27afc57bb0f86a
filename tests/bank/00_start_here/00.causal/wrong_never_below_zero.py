# expect: some_series
import numpy as np


def answer(x, window):
    """Means are kept from going below zero."""
    return np.maximum(
        0.0, np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])
    )
