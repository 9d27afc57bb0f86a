# expect: poked_elsewhere
import numpy as np


def answer(model, stream, i):
    """Everything from i on is flipped."""
    poked = np.concatenate([stream[:i], 1 - stream[i:]])
    return np.flatnonzero((model(stream) != model(poked)).any(axis=1))
