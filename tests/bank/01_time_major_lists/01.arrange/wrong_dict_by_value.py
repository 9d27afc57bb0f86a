# expect: real_bits
import numpy as np


def answer(stream, labels, batch, timesteps):
    """A dictionary from value to label."""
    inputs = stream.reshape(batch, timesteps).T[..., None]
    label_of = dict(zip(stream, labels))
    targets = [np.array([label_of[v] for v in step[:, 0]]) for step in inputs]
    return list(inputs), list(targets)
