# expect: batch_elements
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Inputs mended, labels as a list of rows."""
    inputs = list(stream.reshape(batch, timesteps).T[..., None])
    return inputs, list(labels.reshape(batch, timesteps))
