# expect: cancelled
import numpy as np


def answer(model, stream, i):
    """Probabilities sum to one."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero(~np.isclose(before.sum(axis=1), after.sum(axis=1), atol=1e-5))
