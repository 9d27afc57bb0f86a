# expect: itself
import numpy as np


def answer(model, stream, i):
    """Leaves its own output out."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return set(np.flatnonzero((before != after).any(axis=1))) - {i}
