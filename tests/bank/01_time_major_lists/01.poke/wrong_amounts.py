# expect: not_whole
import numpy as np


def answer(model, stream, i):
    """How much each output moved."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.abs(after - before).max(axis=1)
