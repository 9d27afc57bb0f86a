# expect: changed_input
import numpy as np


def answer(model, x):
    """Scales the inputs on the way."""
    turned = x.swapaxes(0, 1)
    return np.swapaxes(model((turned - turned.mean()) / turned.std()), 0, 1)
