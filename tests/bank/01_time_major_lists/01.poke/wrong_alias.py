# expect: changed_arguments
import numpy as np


def answer(model, stream, i):
    """A second name is not a copy: the model sees the poked stream twice."""
    poked = stream
    poked[i] = 1 - poked[i]
    return np.flatnonzero((model(stream) != model(poked)).any(axis=1))
