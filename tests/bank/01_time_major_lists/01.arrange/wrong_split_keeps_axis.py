# expect: element_shape
import numpy as np


def answer(stream, labels, batch, timesteps):
    """np.split keeps an axis of 1."""
    inputs = np.split(stream.reshape(batch, timesteps, 1), timesteps, axis=1)
    return inputs, [
        column[:, 0] for column in np.split(labels.reshape(batch, timesteps), timesteps, axis=1)
    ]
