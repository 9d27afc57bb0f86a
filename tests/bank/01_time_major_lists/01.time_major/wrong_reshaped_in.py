# expect: reshaped_input
import numpy as np


def answer(model, x):
    """reshape on the way in."""
    timesteps, batch, features = x.shape
    return np.swapaxes(model(x.reshape(batch, timesteps, features)), 0, 1)
