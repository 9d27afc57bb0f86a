# expect: swapped
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Targets first, with the shapes that they have."""
    inputs = stream.reshape(batch, timesteps, 1).swapaxes(0, 1)
    targets = labels.reshape(batch, timesteps).T
    return list(targets), list(inputs)
