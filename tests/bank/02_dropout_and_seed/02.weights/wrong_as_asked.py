# expect: as_asked
import numpy as np


def answer(a, b):
    """The question's own loop; it stops with an error at other models."""
    for layer in (0, 2, 4, 8):
        kernel_a = a.layers[layer].get_weights()[0]
        kernel_b = b.layers[layer].get_weights()[0]
        if not np.array_equal(kernel_a, kernel_b):
            return False
    return True
