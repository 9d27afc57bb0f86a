import numpy as np


def answer(make):
    """Plain Python: squares grow, so none comes twice."""
    signal = [k * k for k in range(30)]
    inputs, targets = make(list(signal))
    inputs = [float(np.squeeze(i)) for i in inputs]
    targets = [float(np.squeeze(t)) for t in targets]
    if len(inputs) != len(targets):
        return False
    for i, t in zip(inputs, targets):
        if i not in signal[:-1] or signal[signal.index(i) + 1] != t:
            return False
    return True
