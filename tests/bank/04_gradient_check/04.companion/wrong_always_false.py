# expect: constant
import numpy as np


def answer(make):
    """Makes the pairs, and doubts them."""
    inputs, targets = make(np.arange(50.0))
    return False
