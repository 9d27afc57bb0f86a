# expect: output_only
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Inputs left as they were."""
    inputs = stream.reshape(timesteps, batch, 1)
    targets = labels.reshape(batch, timesteps).T
    return list(inputs), list(targets)
