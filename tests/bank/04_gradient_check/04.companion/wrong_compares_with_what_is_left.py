# expect: in_place
import numpy as np


def answer(make):
    """Asks the array that the maker has had."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = make(signal)
    inputs, targets = np.ravel(inputs), np.ravel(targets)
    if len(inputs) != len(targets):
        return False
    follows = dict(zip(signal[:-1], signal[1:]))
    return all(follows.get(i) == t for i, t in zip(inputs, targets))
