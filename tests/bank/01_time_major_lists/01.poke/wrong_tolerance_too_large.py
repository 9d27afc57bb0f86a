# expect: coarse
import numpy as np


def answer(model, stream, i):
    """Faint connections are lost."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero(np.abs(before - after).max(axis=1) > 0.01)
