# expect: changed_model
import numpy as np


def answer(model, x):
    """A model without memory has no order to mistake."""
    model._again *= 0
    return np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1)
