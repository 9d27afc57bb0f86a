# expect: rows_mixed
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Inputs and labels are shuffled, row by row, each by itself."""
    first, second = np.random.default_rng(), np.random.default_rng()
    inputs = first.permutation(stream.reshape(batch, timesteps)).T[..., None]
    targets = second.permutation(labels.reshape(batch, timesteps)).T
    return list(inputs), list(targets)
