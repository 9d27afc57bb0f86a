# expect: no_change
import numpy as np


def answer(model, stream, i):
    """Nothing happens where the bit is 1."""
    poked = stream.copy()
    poked[i] = 1.0
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before != after).any(axis=1))
