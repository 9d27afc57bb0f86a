import numpy as np


def answer(model, stream, i):
    """With NumPy's own tolerance, as a set of Python numbers."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    moved = ~np.isclose(before, after).all(axis=1)
    return {int(k) for k in np.flatnonzero(moved)}
