import itertools

import numpy as np


def answer(a, b):
    """The largest distance has to be nothing, where the shapes agree."""
    largest = 0.0
    for v, w in itertools.zip_longest(a.get_weights(), b.get_weights()):
        if v is None or w is None or v.shape != w.shape:
            return False
        largest = max(largest, float(np.abs(v.astype("float64") - w).max()))
    return largest == 0
