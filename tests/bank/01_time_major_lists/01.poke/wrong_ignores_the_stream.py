# expect: poked_elsewhere
import numpy as np


def answer(model, stream, i):
    """One bit in an empty stream, whatever the stream is."""
    alone = np.eye(len(stream))[i]
    return np.flatnonzero((model(alone) != model(0 * alone)).any(axis=1))
