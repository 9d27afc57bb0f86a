import numpy as np


def answer(make):
    """All pairs that there may be, as a set."""
    signal = np.random.default_rng(7).choice(1000, size=64, replace=False)
    allowed = {(int(a), int(b)) for a, b in zip(signal, signal[1:])}
    inputs, targets = make(signal.copy())
    inputs, targets = np.ravel(inputs).astype(int), np.ravel(targets).astype(int)
    return len(inputs) == len(targets) and set(zip(inputs.tolist(), targets.tolist())) <= allowed
