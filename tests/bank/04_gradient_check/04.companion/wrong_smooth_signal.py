# expect: near
import numpy as np


def answer(make):
    """A slow ramp, and a tolerance that is wider than its steps."""
    signal = np.linspace(0, 1, 400)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    return len(inputs) == len(targets) and np.allclose(inputs, targets, atol=0.02)
