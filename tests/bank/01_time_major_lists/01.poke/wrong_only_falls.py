# expect: direction
import numpy as np


def answer(model, stream, i):
    """The other way round."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before - after).max(axis=1) > 1e-6)
