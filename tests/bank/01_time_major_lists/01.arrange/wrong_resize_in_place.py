# expect: changed_arguments
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Gives the caller's arrays new shapes."""
    stream.resize(batch, timesteps, 1)
    labels.resize(batch, timesteps)
    return list(stream.swapaxes(0, 1)), list(labels.T)
