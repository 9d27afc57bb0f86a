# expect: swapped
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Targets first."""
    inputs = stream.reshape(batch, timesteps, 1).swapaxes(0, 1)
    targets = labels.reshape(batch, timesteps).T
    return list(targets[..., None]), list(inputs[..., 0])
