# expect: kernels_only
import numpy as np


def answer(a, b):
    """Every kernel of every layer, no bias."""
    of_a = [layer.get_weights()[0] for layer in a.layers if layer.get_weights()]
    of_b = [layer.get_weights()[0] for layer in b.layers if layer.get_weights()]
    return len(of_a) == len(of_b) and all(map(np.array_equal, of_a, of_b))
