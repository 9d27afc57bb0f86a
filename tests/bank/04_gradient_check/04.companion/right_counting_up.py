import numpy as np


def answer(make):
    """In 0, 1, 2, … the next one is one more."""
    inputs, targets = make(np.arange(40.0))
    inputs, targets = np.ravel(inputs), np.ravel(targets)
    return inputs.shape == targets.shape and bool((targets - inputs == 1).all())
