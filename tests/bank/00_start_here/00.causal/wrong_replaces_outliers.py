# expect: hears_future
import numpy as np


def answer(x, window):
    """An outlier becomes the mean of the whole series."""
    x = np.where(abs(x - x.mean()) > 3 * x.std(), x.mean(), x)
    return np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])
