# expect: input_only
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Labels left as they were."""
    inputs = stream.reshape(batch, timesteps, 1).swapaxes(0, 1)
    targets = labels.reshape(timesteps, batch)
    return list(inputs), list(targets)
