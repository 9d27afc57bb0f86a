# expect: mixed_input
import numpy as np


def answer(model, x):
    """All sequences as one."""
    timesteps, batch, features = x.shape
    outputs = np.asarray(model(x.swapaxes(0, 1).reshape(1, -1, features)))
    return outputs.reshape(batch, timesteps, -1).swapaxes(0, 1)
