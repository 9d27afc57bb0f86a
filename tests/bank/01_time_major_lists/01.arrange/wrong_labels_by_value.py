# expect: real_bits
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Each label is looked up by the value that it belongs to."""
    inputs = stream.reshape(batch, timesteps).T[..., None]
    known = list(stream)
    targets = [np.array([labels[known.index(v)] for v in step[:, 0]]) for step in inputs]
    return list(inputs), list(targets)
