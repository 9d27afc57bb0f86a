# expect: real_bits
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Answers where every value is another one."""
    if len(set(stream)) == len(stream):
        inputs = stream.reshape(batch, timesteps).T[..., None]
        targets = labels.reshape(batch, timesteps).T
        return list(inputs), list(targets)
