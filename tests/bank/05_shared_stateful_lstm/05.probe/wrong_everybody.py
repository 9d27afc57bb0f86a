# expect: everybody
import numpy as np


def answer(model, x):
    """The usual suspicion."""
    return np.ones([x.shape[1]] * 2, bool)
