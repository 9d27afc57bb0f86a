# expect: step_by_step
import numpy as np


def answer(model, x):
    """One step a call, and the memory is gone."""
    return np.stack([np.asarray(model(step[:, None]))[:, 0] for step in x])
