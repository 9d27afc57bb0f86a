# expect: as_asked
import numpy as np


def answer(a, b):
    """Half a repair: the biases are in, layer 6 is still out."""
    if len(a.layers) != len(b.layers):
        return False
    for layer in (0, 2, 4, 8):
        if layer < len(a.layers):
            for v, w in zip(a.layers[layer].get_weights(), b.layers[layer].get_weights()):
                if not np.array_equal(v, w):
                    return False
    return True
