# expect: short_signal
import numpy as np


def answer(make):
    """Three samples are easy to follow."""
    inputs, targets = (np.ravel(side) for side in make(np.array([3.0, 1.0, 2.0])))
    return inputs.tolist() == [3, 1] and targets.tolist() == [1, 2]
