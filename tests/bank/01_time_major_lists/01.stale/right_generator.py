import numpy as np


def answer(batch, timesteps):
    """One by one."""
    if batch > 1:
        for b in range(batch):
            yield np.int64(b * timesteps)
