# expect: mask
import numpy as np


def answer(model, stream, i):
    """Yes or no for each output."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return (before != after).any(axis=1)
