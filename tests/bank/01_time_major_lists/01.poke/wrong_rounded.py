# expect: coarse
import numpy as np


def answer(model, stream, i):
    """Two decimals are not enough."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before.round(2) != after.round(2)).any(axis=1))
