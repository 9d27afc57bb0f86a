# expect: off_by_one
import numpy as np


def answer(model, stream, i):
    """From 1, with the last one cut."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return [k + 1 for k in np.flatnonzero((before != after).any(axis=1)) if k + 1 < len(stream)]
