# expect: wrong_type
import numpy as np


def answer(make):
    """How many pairs are wrong."""
    inputs, targets = (np.ravel(side) for side in make(np.arange(50.0)))
    return int((targets[: len(inputs)] - inputs[: len(targets)] != 1).sum())
