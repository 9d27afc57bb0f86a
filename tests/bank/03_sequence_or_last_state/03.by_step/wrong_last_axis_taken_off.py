# expect: raised
import numpy as np


def answer(outputs, targets):
    """Asks for an axis that is never there."""
    return ((np.squeeze(outputs, axis=3) - targets) ** 2).mean(axis=0)
