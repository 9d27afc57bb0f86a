import numpy as np


def answer(a, b):
    """Layer by layer; a layer knows its inner layers' weights as well."""
    of_a = [w for layer in a.layers for w in layer.get_weights()]
    of_b = [w for layer in b.layers for w in layer.get_weights()]
    if len(of_a) != len(of_b):
        return False
    return not any(v.shape != w.shape or np.any(v != w) for v, w in zip(of_a, of_b))
