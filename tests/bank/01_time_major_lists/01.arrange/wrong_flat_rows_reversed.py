# expect: stride
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Flat with the rows in another order."""
    inputs = stream.reshape(timesteps, batch, 1)[:, ::-1]
    return list(inputs), list(labels.reshape(timesteps, batch)[:, ::-1])
