# expect: reversed_time
import numpy as np


def answer(stream, labels, batch, timesteps):
    """insert(0, …) builds the list backwards, targets forwards."""
    inputs = []
    for t in range(timesteps):
        inputs.insert(0, stream[t::timesteps, None])
    return inputs, [labels[t::timesteps] for t in reversed(range(timesteps))]
