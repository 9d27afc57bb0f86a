import numpy as np


def answer(model, stream, i):
    """Any other number is a change as well."""
    poked = stream.copy()
    poked[i] = stream[i] + 1
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.argwhere((before - after).any(axis=1))
