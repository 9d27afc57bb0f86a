# expect: shape
import numpy as np


def answer(model, x):
    """Decisions for outputs."""
    return np.asarray(model(np.swapaxes(x, 0, 1))).argmax(axis=-1).T
