# expect: unsteady
import numpy as np


def answer(stream, labels, batch, timesteps, inputs=[], targets=[]):
    """The default lists are made once and grow from call to call."""
    inputs += list(stream.reshape(batch, timesteps).T[..., None])
    targets += list(labels.reshape(batch, timesteps).T)
    return inputs, targets
