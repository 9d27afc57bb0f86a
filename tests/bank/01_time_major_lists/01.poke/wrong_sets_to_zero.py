# expect: no_change
import numpy as np


def answer(model, stream, i):
    """Silence the input: nothing happens where it is silent already."""
    poked = stream.copy()
    poked[i] = 0.0
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before != after).any(axis=1))
