# expect: some_sizes
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Right until an axis is 1."""
    inputs = [np.squeeze(column)[:, None] for column in stream.reshape(batch, timesteps).T]
    return inputs, list(labels.reshape(batch, timesteps).T)
