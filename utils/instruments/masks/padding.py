"""Padding in a batch: where rows end or begin in one repeated value, and more of it."""

from dataclasses import dataclass

import numpy as np

BOTH_SIDES = 0.1  # of the rows: then it is no padding, which has one side
MORE = 3  # steps of padding that are added


@dataclass(frozen=True)
class Padding:
    """What an array [rows, timesteps, …] is padded with."""

    value: float
    lengths: np.ndarray  # [rows] how many steps of padding
    at_end: bool

    def mask(self, timesteps):
        """[rows, timesteps] of bool: is this step real?"""
        steps = np.arange(timesteps)
        if not self.at_end:
            steps = steps[::-1]
        return steps[np.newaxis] < timesteps - self.lengths[:, np.newaxis]


def padding_of(array):
    """The Padding of an array; None unless rows clearly end or begin in runs of one value.

    Clearly: in runs of different lengths, in half of the rows or more, and nowhere else.
    """
    if array.ndim < 2 or array.shape[1] < 3 or (array.ndim == 2 and array.dtype.kind == "f"):
        return None
    for at_end in (True, False):
        steps = array if at_end else array[:, ::-1]
        flat = steps.reshape(*steps.shape[:2], -1)
        last = flat[:, -1]
        alone = np.flatnonzero((last == last[:, :1]).all(axis=1))  # all features the same
        values, counts = np.unique(last[alone, 0], return_counts=True)
        if not len(values):
            continue
        value = values[counts.argmax()]
        padded = (flat == value).all(axis=2)  # [rows, timesteps]
        lengths = np.cumprod(padded[:, ::-1], axis=1).sum(axis=1)
        inside = padded.sum() - lengths.sum()
        various = len(np.unique(lengths[lengths < array.shape[1]])) > 1
        ahead = np.cumprod(padded, axis=1).sum(axis=1)[lengths < array.shape[1]]
        if (ahead > 0).mean() > BOTH_SIDES:
            continue  # the margin of a picture
        if various and not inside and (lengths > 0).mean() >= 0.5 and (lengths > 1).mean() >= 0.25:
            return Padding(float(value), lengths, at_end)
    return None


def longer(arrays, example, steps, at_end):
    """All arrays with that many timesteps, with more of what stands at one padded place of each.

    example: (row, timestep) of padding. Arrays of another length stay as they are.
    """
    row, step = example
    made = []
    for array in arrays:
        if array.ndim < 2 or array.shape[1] != steps:
            made.append(array)
            continue
        more = np.broadcast_to(array[row, step], (len(array), MORE, *array.shape[2:]))
        pair = [array, more] if at_end else [more, array]
        made.append(np.concatenate(pair, axis=1).astype(array.dtype))
    return made


def is_at_end(mask):
    """Whether the padding of a mask [rows, timesteps] stands at the end of its rows."""
    return int((~mask[:, -1]).sum()) >= int((~mask[:, 0]).sum())
