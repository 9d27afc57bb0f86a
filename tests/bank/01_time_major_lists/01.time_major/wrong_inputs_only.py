# expect: left_batch_major
import numpy as np


def answer(model, x):
    """Turns the inputs only."""
    return model(np.swapaxes(x, 0, 1))
