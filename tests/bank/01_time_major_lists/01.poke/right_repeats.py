import numpy as np


def answer(model, stream, i):
    """np.where over both axes names an output once for each class that moved."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.where(before != after)[0]
