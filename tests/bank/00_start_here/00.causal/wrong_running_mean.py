# expect: wrong_reach
import numpy as np


def answer(x, window):
    return np.cumsum(x) / np.arange(1, len(x) + 1)
