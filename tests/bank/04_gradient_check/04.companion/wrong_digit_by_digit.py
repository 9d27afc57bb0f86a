# expect: refuses_precision
import numpy as np


def answer(make):
    """White noise, compared to the last digit."""
    signal = np.random.default_rng(1).normal(size=100)
    inputs, targets = (np.ravel(side) for side in make(signal.copy()))
    follows = dict(zip(signal[:-1].tolist(), signal[1:].tolist()))
    return len(inputs) == len(targets) and all(
        follows.get(float(i)) == float(t) for i, t in zip(inputs, targets)
    )
