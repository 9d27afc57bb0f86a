# expect: wrong_type
import numpy as np


def answer(stream, labels, batch, timesteps):
    """An iterator can be read once."""
    inputs = iter(stream.reshape(batch, timesteps, 1).swapaxes(0, 1))
    return inputs, iter(labels.reshape(batch, timesteps).T)
