# expect: some_windows
import numpy as np


def answer(x, window):
    return np.array([x[max(0, t - 2) : t + 1].mean() for t in range(len(x))])
