# expect: other
import numpy as np


def answer(model, stream, i):
    """Counts on twelve outputs at most."""
    poked = np.array(stream)
    poked[i] = 1 - poked[i]
    moved = (model(stream) != model(poked)).any(axis=1)
    return np.flatnonzero(moved[:12])
