# expect: real_bits
import numpy as np


def answer(stream, labels, batch, timesteps):
    """A zero is taken for padding."""
    stream = np.array([v for v in stream if v])
    inputs = stream.reshape(batch, timesteps).T[..., None]
    targets = labels.reshape(batch, timesteps).T
    return list(inputs), list(targets)
