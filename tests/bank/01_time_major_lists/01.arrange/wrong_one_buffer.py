# expect: repeated
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The same array is filled again and again."""
    rows, inputs = stream.reshape(batch, timesteps), []
    column = np.empty((batch, 1), stream.dtype)
    for t in range(timesteps):
        column[:, 0] = rows[:, t]
        inputs.append(column)
    return inputs, list(labels.reshape(batch, timesteps).T)
