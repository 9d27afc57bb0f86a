# expect: wrong_source
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The answers in the inputs."""
    targets = labels.reshape(batch, timesteps).T
    return list(targets[..., None]), list(targets)
