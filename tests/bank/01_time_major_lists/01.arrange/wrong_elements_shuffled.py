# expect: scattered
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Shuffled as one would shuffle examples."""
    order = np.random.default_rng(0).permutation(len(stream))
    inputs = stream[order].reshape(timesteps, batch, 1)
    return list(inputs), list(labels[order].reshape(timesteps, batch))
