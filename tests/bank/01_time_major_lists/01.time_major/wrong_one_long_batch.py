# expect: step_by_step
import numpy as np


def answer(model, x):
    """Each vector as a sequence of its own."""
    outputs = np.asarray(model(x.reshape(-1, 1, x.shape[2])))
    return outputs.reshape(*x.shape[:2], -1)
