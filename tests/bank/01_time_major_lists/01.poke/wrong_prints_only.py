# expect: returned_none
import numpy as np


def answer(model, stream, i):
    """Shows, and returns nothing."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    print(np.flatnonzero((before != after).any(axis=1)))
