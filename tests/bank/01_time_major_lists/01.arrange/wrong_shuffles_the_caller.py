# expect: changed_arguments
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Reverses the labels of the caller."""
    labels[:] = labels[::-1]
    return list(stream.reshape(batch, timesteps, 1).swapaxes(0, 1)), list(
        labels.reshape(batch, timesteps).T
    )
