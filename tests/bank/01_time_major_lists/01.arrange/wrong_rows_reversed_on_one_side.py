# expect: rows_mixed
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Rows shuffled on one side only."""
    inputs = stream.reshape(batch, timesteps)[::-1].T
    return list(inputs[..., None]), list(labels.reshape(batch, timesteps).T)
