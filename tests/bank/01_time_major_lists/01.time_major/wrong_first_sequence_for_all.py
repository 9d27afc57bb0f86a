# expect: scattered
import numpy as np


def answer(model, x):
    """One sequence for all."""
    outputs = np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1)
    return np.repeat(outputs[:, :1], x.shape[1], axis=1)
