# expect: one_place
import numpy as np


def answer(make):
    """Compares the sums."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = make(signal.copy())
    inputs, targets = np.ravel(inputs), np.ravel(targets)
    if len(inputs) != len(targets):
        return False
    follows = dict(zip(signal[:-1], signal[1:]))
    return bool(
        np.isclose(targets.sum() - inputs.sum(), follows[inputs[-1]] - inputs[0])
        if inputs[-1] in follows
        else False
    )
