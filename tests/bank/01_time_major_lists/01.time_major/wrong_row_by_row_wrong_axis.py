# expect: mixed_input
import numpy as np


def answer(model, x):
    """Takes a step for a sequence."""
    return np.stack([np.asarray(model(step[None]))[0] for step in x])
