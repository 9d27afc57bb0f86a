# expect: complement
import numpy as np


def answer(model, stream, i):
    """Where nothing has changed."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before == after).all(axis=1))
