# expect: hard_coded_size
import numpy as np


def answer(stream, labels, batch, timesteps):
    """A table of the sizes that one has seen."""
    size = (3, 4) if len(stream) == 12 else (7, 50)
    inputs = stream.reshape(*size, 1).swapaxes(0, 1)
    return list(inputs), list(labels.reshape(size).T)
