# expect: batch_elements
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The list is taken along the batch."""
    return list(stream.reshape(batch, timesteps, 1)), list(labels.reshape(batch, timesteps))
