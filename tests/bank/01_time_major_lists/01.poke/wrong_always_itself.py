# expect: itself
import numpy as np


def answer(model, stream, i):
    """Adds its own output."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return set(np.flatnonzero((before != after).any(axis=1))) | {i}
