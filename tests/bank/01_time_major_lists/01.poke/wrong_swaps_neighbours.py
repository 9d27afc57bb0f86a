# expect: poked_elsewhere
import numpy as np


def answer(model, stream, i):
    """Exchanges the bit with the next one."""
    poked, other = stream.copy(), (i + 1) % len(stream)
    poked[[i, other]] = poked[[other, i]]
    return np.flatnonzero((model(stream) != model(poked)).any(axis=1))
