# expect: broken_row
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Rows that begin one element too late."""
    inputs = np.roll(stream, -1).reshape(batch, timesteps, 1).swapaxes(0, 1)
    targets = np.roll(labels, -1).reshape(batch, timesteps).T
    return list(inputs), list(targets)
