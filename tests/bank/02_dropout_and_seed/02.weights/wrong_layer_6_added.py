# expect: raised
import numpy as np


def answer(a, b):
    """The other half: all five kernels of one model, and of no other."""
    for layer in (0, 2, 4, 6, 8):
        if not np.array_equal(a.layers[layer].get_weights()[0], b.layers[layer].get_weights()[0]):
            return False
    return True
