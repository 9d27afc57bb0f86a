import numpy as np


def answer(moved, delay, sine):
    """Goes over outputs with np.vectorize."""

    def known(t):
        own = t >= delay and bool(moved[t - delay, t])
        return own or (sine and sum(moved[:, t].tolist()) >= 3)

    return np.vectorize(known)(np.arange(moved.shape[1]))
