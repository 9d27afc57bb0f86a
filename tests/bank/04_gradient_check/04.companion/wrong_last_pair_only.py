# expect: one_place
import numpy as np


def answer(make):
    """Looks at the last pair."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = make(signal.copy())
    inputs, targets = np.ravel(inputs), np.ravel(targets)
    if len(inputs) != len(targets):
        return False
    follows = dict(zip(signal[:-1], signal[1:]))
    return follows.get(inputs[-1]) == targets[-1]
