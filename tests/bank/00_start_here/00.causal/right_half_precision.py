import numpy as np


def answer(x, window):
    """A type of few digits, and no rounding besides."""
    return np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))]).astype(
        np.float16
    )
