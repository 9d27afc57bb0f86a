# expect: some_sizes
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Takes the longer axis for time."""
    longer, shorter = max(batch, timesteps), min(batch, timesteps)
    inputs = stream.reshape(shorter, longer).T
    targets = labels.reshape(shorter, longer).T
    if longer != timesteps:
        inputs, targets = stream.reshape(timesteps, batch), labels.reshape(timesteps, batch)
    return list(inputs[..., None]), list(targets)
