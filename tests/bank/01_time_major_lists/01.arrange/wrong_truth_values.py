# expect: truth_values
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Bits are yes or no."""
    inputs = stream.astype(bool).reshape(batch, timesteps).T[..., None]
    targets = labels.reshape(batch, timesteps).T
    return list(inputs), list(targets)
