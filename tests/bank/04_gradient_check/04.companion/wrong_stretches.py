# expect: refuses_form
import numpy as np


def answer(make):
    """A column minus a row is a table."""
    inputs, targets = (np.asarray(side) for side in make(np.arange(50.0)))
    return len(inputs) == len(targets) and bool((targets - inputs == 1).all())
