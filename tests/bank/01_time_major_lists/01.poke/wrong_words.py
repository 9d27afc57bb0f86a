# expect: wrong_type
import numpy as np


def answer(model, stream, i):
    """A sentence."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return f"outputs {np.flatnonzero((before != after).any(axis=1))}"
