# expect: output_only
import numpy as np


def answer(model, x):
    """Turns the outputs only."""
    return np.swapaxes(model(x), 0, 1)
