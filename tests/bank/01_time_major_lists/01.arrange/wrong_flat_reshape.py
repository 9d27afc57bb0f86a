# expect: flat_reshape
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The question's way."""
    inputs = stream.reshape(timesteps, batch, 1)
    targets = labels.reshape(timesteps, batch)
    return list(inputs), list(targets)
