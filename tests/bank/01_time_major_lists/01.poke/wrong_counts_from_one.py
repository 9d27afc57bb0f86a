# expect: out_of_range
import numpy as np


def answer(model, stream, i):
    """Positions from 1 to n."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return [k + 1 for k in np.flatnonzero((before != after).any(axis=1))]
