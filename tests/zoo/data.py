"""Batches of data for the zoo: as small as shows a fault, and the same each time."""

import numpy as np


def numbers(*shape, seed=0):
    """float32 of the standard normal distribution."""
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def labels(*shape, classes=2, seed=1):
    """int32 from 0 to classes - 1."""
    return np.random.default_rng(seed).integers(classes, size=shape).astype("int32")


def tokens(rows, steps, vocabulary=7, seed=2):
    """int32 [rows, steps] from 1 on: 0 is for padding."""
    return labels(rows, steps, classes=vocabulary - 1, seed=seed) + 1


def padded(batch, value=0):
    """The batch with the ends of most rows cut off and filled, rows of different lengths."""
    batch = batch.copy()
    steps = batch.shape[1]
    for row, sequence in enumerate(batch):
        sequence[steps - row % (steps - 1) :] = value
    return batch


def later(batch, steps):
    """[rows, timesteps, …] as it was that many timesteps before; 0 where there was nothing yet."""
    moved = np.zeros_like(batch)
    moved[:, steps:] = batch[:, :-steps]
    return moved
