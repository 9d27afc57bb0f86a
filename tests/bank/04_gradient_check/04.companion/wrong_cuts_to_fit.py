# expect: uncounted
import numpy as np


def answer(make):
    """Cuts the longer one."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = make(signal.copy())
    inputs, targets = np.ravel(inputs), np.ravel(targets)
    follows = dict(zip(signal[:-1], signal[1:]))
    n = min(len(inputs), len(targets))
    return all(follows.get(i) == t for i, t in zip(inputs[:n], targets[:n]))
