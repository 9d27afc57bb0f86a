import numpy as np


def answer(stream, labels, batch, timesteps):
    """A reshape that lets the first axis count fastest."""
    inputs = stream.reshape((timesteps, batch), order="F")
    targets = labels.reshape((timesteps, batch), order="F")
    return list(inputs[..., np.newaxis]), list(targets.astype(np.float32))
