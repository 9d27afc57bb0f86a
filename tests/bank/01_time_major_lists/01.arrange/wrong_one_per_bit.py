# expect: element_count
import numpy as np


def answer(stream, labels, batch, timesteps):
    """An element of the list for each element of the stream."""
    return [bit.reshape(1, 1) for bit in stream], [label.reshape(1) for label in labels]
