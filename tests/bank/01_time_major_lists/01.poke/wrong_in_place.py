# expect: changed_arguments
import numpy as np


def answer(model, stream, i):
    """The caller's stream is changed."""
    before = model(stream)
    stream[i] = 1 - stream[i]
    return np.flatnonzero((model(stream) != before).any(axis=1))
