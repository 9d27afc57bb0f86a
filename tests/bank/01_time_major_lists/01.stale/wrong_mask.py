# expect: mask
import numpy as np


def answer(batch, timesteps):
    """Yes or no."""
    return np.arange(batch * timesteps) % timesteps == 0
