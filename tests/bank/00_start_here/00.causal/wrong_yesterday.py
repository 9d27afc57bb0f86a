# expect: misses_present
import numpy as np


def answer(x, window):
    return np.array([x[max(0, t - window) : max(t, 1)].mean() for t in range(len(x))])
