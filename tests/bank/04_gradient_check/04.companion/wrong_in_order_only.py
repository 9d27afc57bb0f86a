# expect: refuses_order
import numpy as np


def answer(make):
    """Each input must come later in the signal than the one before."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    if len(inputs) != len(targets):
        return False
    places = [list(signal).index(i) for i in inputs]
    rising = all(b > a for a, b in zip(places, places[1:]))
    return rising and all(k + 1 < 50 and signal[k + 1] == t for k, t in zip(places, targets))
