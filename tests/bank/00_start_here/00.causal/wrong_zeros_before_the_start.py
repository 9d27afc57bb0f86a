# expect: wrong_start
import numpy as np


def answer(x, window):
    return np.convolve(x, np.ones(window) / window)[: len(x)]
