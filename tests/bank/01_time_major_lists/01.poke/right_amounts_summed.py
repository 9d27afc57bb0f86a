import numpy as np


def answer(model, stream, i):
    """The sizes of the moves are summed, not the moves."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return set(np.nonzero(np.abs(after - before).sum(axis=1))[0])
