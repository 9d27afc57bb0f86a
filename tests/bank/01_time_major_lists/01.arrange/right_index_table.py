import numpy as np


def answer(stream, labels, batch, timesteps):
    """One table of positions for both."""
    at = np.arange(timesteps)[:, None] + timesteps * np.arange(batch)
    return [stream[row][:, None] for row in at], [labels[row] for row in at]
