# expect: repeated
import numpy as np


def answer(stream, labels, batch, timesteps):
    """The same row in every place."""
    inputs = [np.repeat(stream[t], batch)[:, None] for t in range(timesteps)]
    return inputs, [np.repeat(labels[t], batch) for t in range(timesteps)]
