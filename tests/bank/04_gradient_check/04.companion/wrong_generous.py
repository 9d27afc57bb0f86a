# expect: near
import numpy as np


def answer(make):
    """Neighbours of a ramp, two hundredths of room."""
    signal = np.arange(200.0)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    return len(inputs) == len(targets) and np.allclose(targets - inputs, 1, atol=2.5)
