import numpy as np


def answer(a, b):
    """Lets zip complain about lengths."""
    try:
        pairs = list(zip(a.get_weights(), b.get_weights(), strict=True))
    except ValueError:
        return False
    return np.bool_(all(v.shape == w.shape and np.array_equal(v, w) for v, w in pairs))
