# expect: inverted
import numpy as np


def answer(make):
    """Returns the opposite."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = make(signal.copy())
    inputs, targets = np.ravel(inputs), np.ravel(targets)
    if len(inputs) != len(targets):
        return True
    follows = dict(zip(signal[:-1], signal[1:]))
    return not all(follows.get(i) == t for i, t in zip(inputs, targets))
