# expect: refuses_right
import numpy as np


def answer(make):
    """Takes the inputs' first off, though the maker has cut already."""
    inputs, targets = (np.ravel(side) for side in make(np.arange(50.0)))
    return np.array_equal(inputs[1:], targets)
