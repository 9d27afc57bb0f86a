# expect: refuses_part
import numpy as np


def answer(make):
    """All pairs of the signal, in its order, must be there."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    return np.array_equal(inputs, signal[:-1]) and np.array_equal(targets, signal[1:])
