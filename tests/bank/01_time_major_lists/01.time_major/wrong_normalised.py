# expect: values
import numpy as np


def answer(model, x):
    """Makes probabilities of what may be none."""
    outputs = np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1)
    power = np.exp(outputs)
    return power / power.sum(axis=-1, keepdims=True)
