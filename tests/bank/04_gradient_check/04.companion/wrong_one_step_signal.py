# expect: hidden
import numpy as np


def answer(make):
    """A signal that is all zeros but for one."""
    signal = np.zeros(40)
    signal[10] = 1
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    at = np.flatnonzero(inputs == 1)
    return len(inputs) == len(targets) and bool((targets[at] == 0).all())
