# expect: so_far
import numpy as np


def answer(outputs, targets):
    """Smoothed along the steps."""
    squares = ((outputs.reshape(targets.shape) - targets) ** 2).mean(axis=0)
    return np.cumsum(squares) / np.arange(1, len(squares) + 1)
