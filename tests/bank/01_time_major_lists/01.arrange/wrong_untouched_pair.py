# expect: unanswered
import numpy as np


def answer(stream, labels, batch, timesteps):
    """A stub that leaves both open."""
    inputs, targets = ..., ...
    return inputs, targets
