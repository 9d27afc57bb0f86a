# expect: no_change
import numpy as np


def answer(model, stream, i):
    """Half of 0 is 0."""
    poked = stream.copy()
    poked[i] = stream[i] / 2
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before != after).any(axis=1))
