# expect: hidden
import numpy as np


def answer(make):
    """A signal of bits."""
    signal = (np.arange(40) % 2).astype(float)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    return len(inputs) == len(targets) and bool((targets == 1 - inputs).all())
