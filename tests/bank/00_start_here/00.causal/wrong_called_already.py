# expect: not_callable
import numpy as np


def smooth(x, window):
    return np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])


answer = smooth(np.arange(12.0), 3)
