# expect: not_whole
import numpy as np


def answer(batch, timesteps):
    """Fractions."""
    return np.linspace(0, batch * timesteps - 1, batch)
