# expect: cancelled
import numpy as np


def answer(model, stream, i):
    """Nor does their mean move."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero(np.abs(before.mean(axis=1) - after.mean(axis=1)) > 1e-5)
