# expect: element_count
import numpy as np


def answer(stream, labels, batch, timesteps):
    """One array instead of the list: [batch, timesteps, 1] in a list of one."""
    return [stream.reshape(batch, timesteps, 1)], [labels.reshape(batch, timesteps)]
