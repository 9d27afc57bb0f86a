# expect: not_finite
import numpy as np


def answer(x, window):
    return np.array([x[t - window + 1 : t + 1].mean() for t in range(len(x))])
