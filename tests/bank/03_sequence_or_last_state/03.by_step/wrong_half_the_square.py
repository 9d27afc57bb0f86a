# expect: scaled
import numpy as np


def answer(outputs, targets):
    """The half that makes the derivative pretty."""
    return np.mean((outputs.reshape(targets.shape) - targets) ** 2, axis=0) / 2
