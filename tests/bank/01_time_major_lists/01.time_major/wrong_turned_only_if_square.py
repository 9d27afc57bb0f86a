# expect: some_sizes
import numpy as np


def answer(model, x):
    """Leaves the order of the model where the shapes fit."""
    outputs = np.asarray(model(np.swapaxes(x, 0, 1)))
    return outputs if outputs.shape[:2] == x.shape[:2] else outputs.swapaxes(0, 1)
