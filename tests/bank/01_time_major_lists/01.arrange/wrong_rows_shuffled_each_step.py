# expect: scattered
import numpy as np


def answer(stream, labels, batch, timesteps):
    """A new order of rows at every step."""
    rng = np.random.default_rng(0)
    inputs, targets = [], []
    for t in range(timesteps):
        rows = rng.permutation(batch) * timesteps + t
        inputs.append(stream[rows, None])
        targets.append(labels[rows])
    return inputs, targets
