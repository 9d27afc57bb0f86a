import numpy as np


def answer(model, x):
    """There and back."""
    return np.transpose(model(np.transpose(x, (1, 0, 2))), (1, 0, 2))
