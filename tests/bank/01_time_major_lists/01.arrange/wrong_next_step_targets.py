# expect: shifted
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Forecasting habits: the targets start one later."""
    inputs = stream.reshape(batch, timesteps, 1).swapaxes(0, 1)
    targets = np.roll(labels, -1).reshape(batch, timesteps).T
    return list(inputs), list(targets)
