# expect: other
import numpy as np


def answer(model, stream, i):
    """Compares with the stream itself instead of the first outputs."""
    poked = stream.copy()
    poked[i] = 1 - poked[i]
    after = model(poked)
    return np.flatnonzero(after.argmax(axis=1) != stream)
