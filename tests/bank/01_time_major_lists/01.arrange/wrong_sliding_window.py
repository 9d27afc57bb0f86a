# expect: repeated
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Overlapping windows."""
    inputs = [stream[t : t + batch, None] for t in range(timesteps)]
    return inputs, [labels[t : t + batch] for t in range(timesteps)]
