# expect: raised
import numpy as np


def answer(model, stream, i):
    """The model is asked about a single bit."""
    return np.flatnonzero(model(np.array([1 - stream[i]])) != model(stream[i : i + 1]))
