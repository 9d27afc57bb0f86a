# expect: refuses_form
import numpy as np


def answer(make):
    """Looks each input up as it comes."""
    signal = np.random.default_rng(0).permutation(50).astype(float)
    inputs, targets = make(signal.copy())
    follows = dict(zip(signal[:-1], signal[1:]))
    return len(inputs) == len(targets) and all(follows.get(i) == t for i, t in zip(inputs, targets))
