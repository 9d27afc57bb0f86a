# expect: some_windows
import numpy as np


def answer(x, window):
    half = window // 2
    return np.array([x[max(0, t - 2 * half) : t + 1].mean() for t in range(len(x))])
