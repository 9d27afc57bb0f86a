# expect: square_only
import numpy as np


def answer(stream, labels, batch, timesteps):
    """batch and timesteps mistaken for each other: right where they are equal."""
    inputs = stream.reshape(timesteps, batch).T[..., None]
    return list(inputs), list(labels.reshape(timesteps, batch).T)
