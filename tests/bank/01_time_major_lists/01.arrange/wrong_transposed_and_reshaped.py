# expect: scattered
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Transposed first, and reshaped after that: the shapes fit again."""
    inputs = stream.reshape(batch, timesteps).T.reshape(batch, timesteps).T
    targets = labels.reshape(batch, timesteps).T.reshape(batch, timesteps).T
    return list(inputs[..., None]), list(targets)
