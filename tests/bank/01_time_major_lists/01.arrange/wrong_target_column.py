# expect: extra_target_axis
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Targets with a feature axis."""
    inputs = stream.reshape(batch, timesteps, 1).swapaxes(0, 1)
    return list(inputs), list(labels.reshape(batch, timesteps, 1).swapaxes(0, 1))
