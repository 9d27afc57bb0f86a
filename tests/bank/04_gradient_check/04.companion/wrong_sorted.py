# expect: weak
import numpy as np


def answer(make):
    """Sorts both sides before it compares."""
    signal = np.arange(50.0)
    inputs, targets = (np.sort(np.ravel(side)) for side in make(signal))
    return len(inputs) == len(targets) and bool((targets - inputs == 1).all())
