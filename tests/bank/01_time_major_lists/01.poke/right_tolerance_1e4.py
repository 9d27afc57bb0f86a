import numpy as np


def answer(model, stream, i):
    """Small moves below a tenth of a thousandth are left aside."""
    poked = stream.copy()
    poked[i] = 0.0 if stream[i] else 1.0
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return np.where(np.abs(after - before).max(axis=-1) > 1e-4)
