# expect: weak_poke
import numpy as np


def answer(model, stream, i):
    """1 becomes −1, which a model need not tell from 1."""
    poked = stream.copy()
    poked[i] = 1 - 2 * stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.flatnonzero((before != after).any(axis=1))
