import numpy as np


def answer(outputs, targets):
    """A product of errors, summed over the batch."""
    error = outputs.reshape(len(outputs), -1) - targets
    return np.einsum("nt,nt->t", error, error) / len(error)
