# expect: wrong_source
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The inputs as their own targets."""
    inputs = stream.reshape(batch, timesteps, 1).swapaxes(0, 1)
    return list(inputs), list(inputs[..., 0])
