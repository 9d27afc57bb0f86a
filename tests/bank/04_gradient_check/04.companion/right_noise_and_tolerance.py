import numpy as np


def answer(make):
    """White noise, compared with room for rounding."""
    signal = np.random.default_rng(1).normal(size=200)
    inputs, targets = (np.asarray(side, float).reshape(-1) for side in make(signal.copy()))
    if len(inputs) != len(targets):
        return False
    place = np.abs(inputs[:, None] - signal).argmin(axis=1)
    if (place == len(signal) - 1).any():
        return False
    return np.allclose(signal[place + 1], targets, atol=1e-6)
