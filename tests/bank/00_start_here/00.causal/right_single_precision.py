import numpy as np


def answer(x, window):
    """What networks compute in."""
    return np.array(
        [x.astype(np.float32)[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))]
    )
