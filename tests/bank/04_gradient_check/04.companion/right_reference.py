import numpy as np


def answer(make):
    """The lesson's own way: each number once, and a table of what follows what."""
    signal = np.random.default_rng(0).permutation(50)
    inputs, targets = map(np.ravel, make(signal.astype(float)))
    follows = dict(zip(signal[:-1], signal[1:], strict=True))
    return len(inputs) == len(targets) and all(
        follows.get(i) == t for i, t in zip(inputs, targets, strict=True)
    )
