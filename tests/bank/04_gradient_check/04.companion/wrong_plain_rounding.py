# expect: weak
import numpy as np


def answer(make):
    """Wants inputs without their first and targets without their last to be equal."""
    inputs, targets = (np.ravel(side) for side in make(np.random.default_rng(2).permutation(50)))
    return len(inputs) == len(targets) and np.array_equal(inputs[1:], targets[:-1])
