import numpy as np


def answer(moved, delay, sine):
    """The lesson's own way."""
    timesteps = moved.shape[1]
    own = [t >= delay and moved[t - delay, t] for t in range(timesteps)]
    if not sine:
        return own
    return np.logical_or(own, moved.sum(axis=0) >= 3)
