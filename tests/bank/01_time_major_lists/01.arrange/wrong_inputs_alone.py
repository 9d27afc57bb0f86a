# expect: not_a_pair
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Forgets the targets."""
    return list(stream.reshape(batch, timesteps, 1).swapaxes(0, 1))
