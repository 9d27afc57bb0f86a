# expect: never_poked
import numpy as np


def answer(model, stream, i):
    """The poked copy is made and not used."""
    poked = stream.copy()
    poked[i] = 1 - poked[i]
    return np.flatnonzero((model(stream) != model(stream)).any(axis=1))
