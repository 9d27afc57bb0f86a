# expect: reshaped_output
import numpy as np


def answer(model, x):
    """reshape on the way out."""
    outputs = np.asarray(model(np.swapaxes(x, 0, 1)))
    return outputs.reshape(*x.shape[:2], -1)
