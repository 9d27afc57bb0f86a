# expect: wrong_start
import numpy as np


def answer(x, window):
    padded = np.concatenate([np.full(window - 1, x[0]), x])
    return np.array([padded[t : t + window].mean() for t in range(len(x))])
