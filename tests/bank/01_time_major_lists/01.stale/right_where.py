import numpy as np


def answer(batch, timesteps):
    """What np.where returns, as it is."""
    p = np.arange(batch * timesteps)
    return np.where((p % timesteps == 0) & (batch > 1))
