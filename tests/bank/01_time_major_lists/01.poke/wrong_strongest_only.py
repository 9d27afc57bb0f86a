# expect: other
import numpy as np


def answer(model, stream, i):
    """The output that moves most."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return [int(np.abs(before - after).max(axis=1).argmax())]
