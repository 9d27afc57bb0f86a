# expect: hears_future
import numpy as np


def answer(x, window):
    return np.full(len(x), x.mean())
