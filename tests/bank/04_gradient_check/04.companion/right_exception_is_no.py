import numpy as np


def answer(make):
    """Whatever fails on the way is a no."""
    signal = np.random.default_rng(5).permutation(30).astype(float)
    inputs, targets = make(signal.copy())
    try:
        pairs = np.column_stack([np.ravel(inputs), np.ravel(targets)])
    except ValueError:
        return False
    after = {a: b for a, b in zip(signal[:-1], signal[1:])}
    return all(after.get(a) == b for a, b in pairs)
