import numpy as np


def answer(make):
    """Asks for three lengths, and for a column."""
    for n in (20, 33, 64):
        signal = np.random.default_rng(n).permutation(n) * 3.0
        inputs, targets = make(signal.reshape(-1, 1).copy())
        inputs, targets = np.ravel(inputs), np.ravel(targets)
        if inputs.size != targets.size:
            return False
        where = {value: k for k, value in enumerate(signal)}
        for i, t in zip(inputs, targets):
            k = where.get(float(i))
            if k is None or k + 1 == n or signal[k + 1] != t:
                return False
    return True
