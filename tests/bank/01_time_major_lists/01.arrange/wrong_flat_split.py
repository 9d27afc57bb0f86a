# expect: flat_reshape
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The same by np.split."""
    inputs = [part[:, None] for part in np.split(stream, timesteps)]
    return inputs, np.split(labels, timesteps)
