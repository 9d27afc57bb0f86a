# expect: signed
import numpy as np


def answer(outputs, targets):
    """The mean error."""
    return np.mean(targets - outputs.reshape(targets.shape), axis=0)
