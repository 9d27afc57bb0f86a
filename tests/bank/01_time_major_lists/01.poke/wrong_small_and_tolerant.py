# expect: coarse
import numpy as np


def answer(model, stream, i):
    """A small poke, and a tolerance that swallows its traces."""
    poked = stream.copy()
    poked[i] = stream[i] + 0.01
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero(np.abs(before - after).max(axis=1) > 1e-3)
