# expect: other
import numpy as np


def answer(model, stream, i):
    """All outputs, whatever has moved."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return range(len(stream))
