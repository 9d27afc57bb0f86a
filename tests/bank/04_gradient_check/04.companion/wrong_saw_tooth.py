# expect: hidden
import numpy as np


def answer(make):
    """Counts up to 8, again and again."""
    signal = (np.arange(48) % 8).astype(float)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    return len(inputs) == len(targets) and bool(((inputs + 1) % 8 == targets).all())
