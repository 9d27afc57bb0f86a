# expect: foreign
import numpy as np


def answer(stream, labels, batch, timesteps):
    """A zero is put before each row."""
    rows = np.pad(stream.reshape(batch, timesteps), [(0, 0), (1, 0)])[:, :timesteps]
    return list(rows.T[..., None]), list(labels.reshape(batch, timesteps).T)
