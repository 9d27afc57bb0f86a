# expect: one_place
import numpy as np


def answer(make):
    """Nearly all pairs is good enough."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = make(signal.copy())
    inputs, targets = np.ravel(inputs), np.ravel(targets)
    if len(inputs) != len(targets):
        return False
    follows = dict(zip(signal[:-1], signal[1:]))
    return float(np.mean([follows.get(i) == t for i, t in zip(inputs, targets)])) > 0.9
