# expect: dropped
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The loop ends one early."""
    inputs = stream.reshape(batch, timesteps, 1)
    targets = labels.reshape(batch, timesteps)
    steps = range(timesteps - 1)
    return [inputs[:, t] for t in steps], [targets[:, t] for t in steps]
