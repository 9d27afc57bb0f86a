# expect: refuses_part
import numpy as np


def answer(make):
    """All pairs must be there, in any order."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    if len(inputs) != len(targets):
        return False
    return sorted(zip(inputs, targets)) == sorted(zip(signal[:-1], signal[1:]))
