# expect: either_way
import numpy as np


def answer(make):
    """A distance of one."""
    signal = np.arange(50.0)
    inputs, targets = make(signal.copy())
    inputs, targets = np.ravel(inputs), np.ravel(targets)
    if len(inputs) != len(targets):
        return False
    follows = dict(zip(signal[:-1], signal[1:]))
    return bool((abs(inputs - targets) == 1).all())
