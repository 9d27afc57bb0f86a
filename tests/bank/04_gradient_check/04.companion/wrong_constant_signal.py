# expect: hidden
import numpy as np


def answer(make):
    """A signal that says nothing."""
    inputs, targets = (np.ravel(side) for side in make(np.ones(30)))
    return len(inputs) == len(targets) and bool((inputs == targets).all())
