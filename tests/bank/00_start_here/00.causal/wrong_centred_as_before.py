# expect: hears_future
import numpy as np


def answer(x, window):
    half = window // 2
    return np.array([x[max(0, t - half) : t + half + 1].mean() for t in range(len(x))])
