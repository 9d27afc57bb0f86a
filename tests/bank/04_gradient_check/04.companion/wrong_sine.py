# expect: hidden
import numpy as np


def answer(make):
    """The question's own signal, whole periods of it."""
    signal = np.round(np.sin(2 * np.pi * np.arange(40) / 20), 6)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    if len(inputs) != len(targets):
        return False
    allowed = list(zip(signal[:-1], signal[1:]))
    return all(
        any(np.allclose(pair, one, atol=1e-6) for one in allowed) for pair in zip(inputs, targets)
    )
