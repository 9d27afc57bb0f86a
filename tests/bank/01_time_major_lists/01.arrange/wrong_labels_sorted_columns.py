# expect: labels_shuffled
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Each step is ordered by its labels."""
    inputs = stream.reshape(batch, timesteps).T
    return list(inputs[..., None]), list(np.sort(labels.reshape(batch, timesteps).T, axis=1))
