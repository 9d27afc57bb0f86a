# expect: hard_coded_size
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The numbers of the lesson."""
    inputs = stream.reshape(-1, 50).T[..., None]
    return list(inputs), list(labels.reshape(-1, 50).T)
