# expect: a_number
import numpy as np


def answer(model, stream, i):
    """How many have moved."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return int((before != after).any(axis=1).sum())
