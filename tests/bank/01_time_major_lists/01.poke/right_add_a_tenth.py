import numpy as np


def answer(model, stream, i):
    """A smaller poke, with NumPy's own tolerance."""
    poked = stream.copy()
    poked[i] = stream[i] + 0.1
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return list(np.flatnonzero(~np.isclose(before, after).all(axis=1)))
