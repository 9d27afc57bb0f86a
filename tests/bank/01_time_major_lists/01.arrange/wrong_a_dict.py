# expect: not_a_pair
import numpy as np


def answer(stream, labels, batch, timesteps):
    """By name."""
    inputs = stream.reshape(batch, timesteps, 1).swapaxes(0, 1)
    return {"inputs": list(inputs), "targets": list(labels.reshape(batch, timesteps).T)}
