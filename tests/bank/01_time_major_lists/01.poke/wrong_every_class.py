# expect: every_class
import numpy as np


def answer(model, stream, i):
    """all for any."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before != after).all(axis=1))
