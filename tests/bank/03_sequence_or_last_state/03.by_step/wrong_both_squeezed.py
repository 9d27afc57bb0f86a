# expect: one_sequence
import numpy as np


def answer(outputs, targets):
    """squeeze on both sides, with the steps kept."""
    if targets.shape[1] == 1:
        return np.mean((outputs.reshape(targets.shape) - targets) ** 2, axis=0)
    error = np.squeeze(outputs) - np.squeeze(targets)
    return np.mean(error**2, axis=0, keepdims=error.ndim == 1)
