# expect: coarse
import numpy as np


def answer(model, stream, i):
    """Counts nothing, since nothing can move that far."""
    poked = stream.copy()
    poked[i] += 1e-3
    return np.flatnonzero(np.abs(model(poked) - model(stream)).max(axis=1) > 1e-3)
