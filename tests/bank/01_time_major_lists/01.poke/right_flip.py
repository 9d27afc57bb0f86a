import numpy as np


def answer(model, stream, i):
    """Flip the bit, compare every number."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before != after).any(axis=1))
