# expect: hears_future
import numpy as np


def answer(x, window):
    """A trace of the whole series, too small to see in the values."""
    return (
        np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])
        + 1e-6 * x.mean()
    )
