# expect: returned_none
import numpy as np


def answer(make):
    """Prints what it should return."""
    inputs, targets = (np.ravel(side) for side in make(np.arange(50.0)))
    print(len(inputs) == len(targets) and (targets - inputs == 1).all())
