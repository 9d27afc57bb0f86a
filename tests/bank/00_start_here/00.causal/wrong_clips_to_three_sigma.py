# expect: hears_future
import numpy as np


def answer(x, window):
    """Outliers are cut off first, by the mean of the whole series."""
    x = np.clip(x, x.mean() - 3 * x.std(), x.mean() + 3 * x.std())
    return np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])
