# expect: flattened
import numpy as np


def answer(model, stream, i):
    """One index for both axes."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    return np.flatnonzero(model(stream) != model(poked))
