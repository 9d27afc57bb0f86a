# expect: pairs
import numpy as np


def answer(model, stream, i):
    """Outputs and classes, as np.nonzero has them."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.nonzero(before != after)
