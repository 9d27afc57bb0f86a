# expect: hears_future
import numpy as np


def answer(x, window):
    return np.array([x[t : t + window].mean() for t in range(len(x))])
