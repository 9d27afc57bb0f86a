# expect: mask
import numpy as np


def answer(model, stream, i):
    """The same as 0 and 1."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    before, after = np.asarray(model(stream)), np.asarray(model(poked))
    return [int((one != two).any()) for one, two in zip(before, after)]
