# expect: only_later
import numpy as np


def answer(model, stream, i):
    """Takes it that a model is causal."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    moved = np.flatnonzero((before != after).any(axis=1))
    return moved[moved >= i]
