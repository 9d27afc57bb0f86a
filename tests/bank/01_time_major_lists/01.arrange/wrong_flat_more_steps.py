# expect: flat_reshape
import numpy as np


def answer(stream, labels, batch, timesteps):
    """A larger window, same reshape."""
    inputs = np.reshape(stream, (timesteps, -1, 1))
    return [inputs[t] for t in range(timesteps)], [
        labels[t * batch : (t + 1) * batch] for t in range(timesteps)
    ]
