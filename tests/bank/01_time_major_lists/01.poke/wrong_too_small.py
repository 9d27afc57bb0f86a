# expect: weak_poke
import numpy as np


def answer(model, stream, i):
    """float32 does not see the poke."""
    poked = stream.copy()
    poked[i] = stream[i] + 1e-9
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before != after).any(axis=1))
