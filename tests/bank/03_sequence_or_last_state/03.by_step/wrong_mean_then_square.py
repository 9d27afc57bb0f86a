# expect: signed
import numpy as np


def answer(outputs, targets):
    """Squares too late."""
    return np.mean(outputs.reshape(targets.shape) - targets, axis=0) ** 2
