import numpy as np


def answer(outputs, targets):
    """float16 is near enough."""
    error = np.squeeze(outputs, axis=2) - targets if outputs.ndim == 3 else outputs - targets
    return np.mean(np.square(error), axis=0).astype(np.float16)
