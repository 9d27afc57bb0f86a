import numpy as np


def answer(model, stream, i):
    """Changes the stream and puts it back."""
    before = np.copy(model(stream))
    stream[i] = 1 - stream[i]
    after = np.copy(model(stream))
    stream[i] = 1 - stream[i]
    return [k for k, (one, other) in enumerate(zip(before, after)) if (one != other).any()]
