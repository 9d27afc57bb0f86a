# expect: unanswered
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Two lists of timesteps arrays."""
    return ...
