# expect: wrong_type
import numpy as np


def answer(make):
    """A truth value for each pair."""
    inputs, targets = (np.ravel(side) for side in make(np.arange(50.0)))
    return [t - i == 1 for i, t in zip(inputs, targets)]
