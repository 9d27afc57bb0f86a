# expect: no_mean
import numpy as np


def answer(x, window):
    return np.array([np.median(x[max(0, t - window + 1) : t + 1]) for t in range(len(x))])
