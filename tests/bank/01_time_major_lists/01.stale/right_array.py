import numpy as np


def answer(batch, timesteps):
    """NumPy numbers, in any order."""
    starts = np.arange(batch)[::-1] * timesteps
    return starts[: batch * (batch > 1)]
