import numpy as np


def answer(outputs, targets):
    """Lengths of the columns."""
    error = targets - np.concatenate([np.ravel(row)[None] for row in outputs])
    return np.linalg.norm(error, axis=0) ** 2 / error.shape[0]
