# expect: hears_nothing
import numpy as np


def answer(x, window):
    """The loop over the window is empty at window 1."""
    outputs = np.zeros(len(x))
    for t in range(len(x)):
        for back in range(window if window > 1 else 0):
            if t - back >= 0:
                outputs[t] += x[t - back] / min(t + 1, window)
    return outputs
