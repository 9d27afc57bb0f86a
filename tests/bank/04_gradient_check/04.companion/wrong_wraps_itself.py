# expect: one_place
import numpy as np


def answer(make):
    """The table goes round as well."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = make(signal.copy())
    inputs, targets = np.ravel(inputs), np.ravel(targets)
    if len(inputs) != len(targets):
        return False
    follows = dict(zip(signal, np.roll(signal, -1)))
    return all(follows[i] == t for i, t in zip(inputs, targets))
