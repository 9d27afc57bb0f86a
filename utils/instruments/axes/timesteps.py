"""Along time: which timesteps of the answer hear which timesteps of the input?"""

from dataclasses import dataclass

import numpy as np

from .asking import within
from .batch import evenly

ROUNDS = 4  # of pokes, in which the rows take turns with the values that are tried
SHARE = 0.7  # of the time that is left
FEWEST = 6  # timesteps


@dataclass(frozen=True)
class Heard:
    """What of one input one answer hears along time."""

    into: int  # number of the input
    out: int  # number of the answer
    matrix: np.ndarray  # [timesteps, timesteps of the answer or 1] largest change; NaN: not poked
    tolerance: np.ndarray  # [timesteps of the answer or 1] a change up to this was none

    @property
    def moved(self):
        """[timesteps, timesteps of the answer] of bool."""
        return np.nan_to_num(self.matrix) > 0

    @property
    def poked(self):
        """The timesteps that were poked."""
        return np.flatnonzero(~np.isnan(self.matrix).all(axis=1))

    @property
    def square(self):
        """Whether the answer has as many timesteps as the input."""
        return self.matrix.shape[0] == self.matrix.shape[1] > 1


def along_time(asker, inputs, answers):
    """A Heard for each input that has an axis of time and each answer."""
    timed = [(a, side) for a, side in enumerate(inputs) if side.time is not None]
    found = {
        (a, k): np.full((side.timesteps, out.timesteps if out.time is not None else 1), np.nan)
        for a, side in timed
        for k, out in enumerate(answers)
    }
    share = SHARE / max(1, len(timed))
    for number, (a, side) in enumerate(timed):
        with within(asker, share * (number + 1)):
            _poke_steps(asker, a, side, answers, found)
    limits = asker.limits
    return [
        Heard(a, k, matrix, _by_step(limits[k], answers[k])) for (a, k), matrix in found.items()
    ]


def _poke_steps(asker, a, side, answers, found):
    steps = evenly(side.timesteps, max(FEWEST, asker.affords() // 2))
    for turn in range(ROUNDS):
        for step in steps:
            if asker.left <= 0 and turn:
                return
            place = (a, (*[slice(None)] * side.time, step))
            moved = asker.moved(asker.changed([place], turn, by_row=True), turn)
            if moved is None:
                continue
            for k, out in enumerate(answers):
                row = found[a, k][step]
                found[a, k][step] = np.fmax(row, _by_step(moved[k], out))


def _by_step(change, side):
    """The largest along all other axes, [timesteps]; of all of it where there is no such axis."""
    if side.time is None:
        return np.array([change.max(initial=0)])
    first = np.moveaxis(change, side.time, 0)
    return first.reshape(len(first), -1).max(axis=1, initial=0)


def along_other_axis(looked):
    """Whether each place of the axis beside that of rows answers to itself alone, as rows should.

    Of an answer that has such an axis, of the same length.
    """
    axis = 0 if looked.time_major else 1
    sides = [*looked.inputs, *looked.answers]
    lengths = {side.shape[axis] for side in sides if len(side.shape) > axis}
    if len(lengths) != 1 or any(len(side.shape) < 2 for side in sides):
        return False
    (length,) = lengths
    heard = False
    for place in evenly(length, FEWEST):
        index = (*[slice(None)] * axis, place)
        places = [(a, index) for a in range(len(looked.inputs))]
        for variant in range(ROUNDS):
            moved = looked.asker.moved(looked.asker.changed(places, variant), variant)
            for change in moved or ():
                first = np.moveaxis(change, axis, 0).reshape(length, -1).max(axis=1)
                if np.delete(first, place).any():
                    return False
                heard |= first[place] > 0
    return heard and length > 1
