# expect: wrong_shape
import numpy as np


def answer(x, window):
    return np.convolve(x, np.ones(window) / window, mode="valid")
