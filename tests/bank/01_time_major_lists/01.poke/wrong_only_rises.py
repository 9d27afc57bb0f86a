# expect: direction
import numpy as np


def answer(model, stream, i):
    """No absolute value."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((after - before).max(axis=1) > 1e-6)
