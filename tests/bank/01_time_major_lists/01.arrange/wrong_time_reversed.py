# expect: reversed_time
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The last step first."""
    inputs = stream.reshape(batch, timesteps, 1)[:, ::-1].swapaxes(0, 1)
    targets = labels.reshape(batch, timesteps)[:, ::-1].T
    return list(inputs), list(targets)
