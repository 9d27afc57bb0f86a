# expect: foreign
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Computes the labels anew."""
    bits = stream.reshape(batch, timesteps).T
    before = np.vstack([np.zeros((1, batch)), bits[:-1]])
    return list(bits[..., None]), list(2 * before + bits)
