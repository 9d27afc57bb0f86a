# expect: stops
import numpy as np


def answer(make):
    """Subtracts whatever comes."""
    inputs, targets = (np.ravel(side) for side in make(np.arange(50.0)))
    return bool((targets - inputs == 1).all())
