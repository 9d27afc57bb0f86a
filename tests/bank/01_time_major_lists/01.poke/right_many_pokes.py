import numpy as np


def answer(model, stream, i):
    """Several random values; an output has moved if any of them moved it."""
    rng = np.random.default_rng(0)
    before, moved = model(stream), set()
    for value in rng.normal(size=5):
        poked = np.where(np.arange(len(stream)) == i, value, stream)
        moved |= set(np.flatnonzero((model(poked) != before).any(axis=1)))
    return moved
