# expect: not_finite
import numpy as np


def answer(x, window):
    """Divides by nothing at window 1."""
    return (
        np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])
        if window > 1
        else np.full(len(x), np.nan)
    )
