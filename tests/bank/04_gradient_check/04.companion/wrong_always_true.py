# expect: constant
import numpy as np


def answer(make):
    """Makes the pairs, and has no objection."""
    make(np.arange(50.0))
    return True
