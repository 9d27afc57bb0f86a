# expect: stops
import numpy as np


def answer(make):
    """An assert in place of an answer."""
    inputs, targets = (np.ravel(side) for side in make(np.arange(50.0)))
    assert len(inputs) == len(targets) and (targets - inputs == 1).all()
    return True
