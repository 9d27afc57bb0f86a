import numpy as np


def answer(model, stream, i):
    """NaN runs through everything that touches it."""
    poked = stream.copy()
    poked[i] = np.nan
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.isnan(after).any(axis=1).nonzero()[0].astype(float)
