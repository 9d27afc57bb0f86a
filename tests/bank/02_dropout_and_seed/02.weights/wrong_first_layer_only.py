# expect: kernels_only
import numpy as np


def answer(a, b):
    """One kernel stands for all."""
    return len(a.weights) == len(b.weights) and np.array_equal(a.get_weights()[0], b.get_weights()[0])
