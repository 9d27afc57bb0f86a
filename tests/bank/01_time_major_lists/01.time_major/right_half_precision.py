import numpy as np


def answer(model, x):
    """float16 is near enough."""
    return np.asarray(model(np.rollaxis(x, 1))).swapaxes(0, 1).astype(np.float16)
