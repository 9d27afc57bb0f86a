# expect: argmax
import numpy as np


def answer(model, stream, i):
    """Compares decisions."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero(before.argmax(axis=1) != after.argmax(axis=1))
