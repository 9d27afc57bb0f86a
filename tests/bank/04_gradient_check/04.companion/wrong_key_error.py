# expect: stops
import numpy as np


def answer(make):
    """Looks up the last sample as well."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    follows = dict(zip(signal[:-1], signal[1:]))
    return len(inputs) == len(targets) and all(follows[i] == t for i, t in zip(inputs, targets))
