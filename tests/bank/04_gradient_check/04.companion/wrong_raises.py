# expect: raised
import numpy as np


def answer(make):
    """Uses a name that is not there."""
    inputs, targets = make(np.arange(50.0))
    return bool((labels - inputs == 1).all())
