# expect: one_class
import numpy as np


def answer(model, stream, i):
    """Compares the last column."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero(before[:, -1] != after[:, -1])
