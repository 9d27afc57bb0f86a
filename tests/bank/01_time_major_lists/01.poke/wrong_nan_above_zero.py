# expect: not_a_number
import numpy as np


def answer(model, stream, i):
    """NaN is never above zero."""
    poked = stream.copy()
    poked[i] = np.nan
    change = np.abs(model(poked) - model(stream))
    return np.flatnonzero(change.max(axis=1) > 0)
