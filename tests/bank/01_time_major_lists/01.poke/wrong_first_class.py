# expect: one_class
import numpy as np


def answer(model, stream, i):
    """Compares column 0."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero(before[:, 0] != after[:, 0])
