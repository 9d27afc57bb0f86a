# expect: poked_elsewhere
import numpy as np


def answer(model, stream, i):
    """Keeps input i and flips the others."""
    poked = np.where(np.arange(len(stream)) == i, stream, 1 - stream)
    return np.flatnonzero((model(stream) != model(poked)).any(axis=1))
