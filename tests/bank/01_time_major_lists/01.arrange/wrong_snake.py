# expect: broken_row
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Every second row runs backwards."""
    at = np.arange(len(stream)).reshape(batch, timesteps)
    at[1::2] = at[1::2, ::-1]
    return list(stream[at.T][..., None]), list(labels[at.T])
