"""Along time: which timesteps of the answer hear which timesteps of the input?"""

from dataclasses import dataclass

import numpy as np

from .asking import within
from .batch import evenly

ROUNDS = 4  # of pokes, in which the rows take turns with the values that are tried
SHARE = 0.7  # of the time that is left
FEWEST = 8  # timesteps
LARGEST = 10**7  # numbers in a matrix


@dataclass(frozen=True)
class Heard:
    """What of one input one answer hears along time."""

    into: int  # number of the input
    out: int  # number of the answer
    length: int  # timesteps of the input
    steps: np.ndarray  # those that were poked
    change: np.ndarray  # [steps, timesteps of the answer or 1] the largest; 0: within rounding

    @property
    def moved(self):
        """[steps, timesteps of the answer] of bool."""
        return self.change > 0

    @property
    def pairs(self):
        """(i, t): an array of inputs, and one of the outputs that hear them."""
        step, t = np.nonzero(self.change)
        return self.steps[step], t

    @property
    def square(self):
        """Whether the answer has as many timesteps as the input."""
        return self.change.shape[1] == self.length > 1

    def lagged(self, lag):
        """Of each step that was poked: does the output that many steps later hear it?"""
        t = self.steps + lag
        inside = (t >= 0) & (t < self.change.shape[1])
        return self.moved[np.flatnonzero(inside), t[inside]]

    @property
    def matrix(self):
        """[timesteps, timesteps of the answer], NaN: not poked. Where that is too large, change."""
        if self.length * self.change.shape[1] > LARGEST:
            return self.change
        matrix = np.full((self.length, self.change.shape[1]), np.nan)
        matrix[self.steps] = self.change
        return matrix


def along_time(asker, inputs, answers):
    """A Heard for each input that has an axis of time and each answer."""
    timed = [(a, side) for a, side in enumerate(inputs) if side.time is not None]
    found = []
    for number, (a, side) in enumerate(timed):
        with within(asker, SHARE * (number + 1) / len(timed)):
            changes = _poke_steps(asker, a, side, answers)
        steps = np.array(sorted(changes), int)
        for k in range(len(answers)):
            if changes:
                change = np.array([changes[step][k] for step in steps])
                found.append(Heard(a, k, side.timesteps, steps, change))
    return found


def _poke_steps(asker, a, side, answers):
    """{step: the largest change of each answer at each of its timesteps}."""
    changes = {}
    steps = evenly(side.timesteps, max(FEWEST, asker.affords()))
    for turn in range(ROUNDS):
        for step in steps:
            if asker.left <= 0 and turn:
                return changes
            place = (a, (*[slice(None)] * side.time, step))
            moved = asker.moved(asker.changed([place], turn, by_row=True), turn)
            if moved is None:
                continue
            now = [_by_step(change, out) for change, out in zip(moved, answers, strict=True)]
            before = changes.get(step, now)
            changes[step] = [np.fmax(*both) for both in zip(before, now, strict=True)]
    return changes


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
        for turn in range(ROUNDS):
            if looked.asker.left <= 0 and turn:
                break
            moved = looked.asker.moved(looked.asker.changed(places, turn), turn)
            for change in moved or ():
                first = np.moveaxis(change, axis, 0).reshape(length, -1).max(axis=1)
                if np.delete(first, place).any():
                    return False
                heard |= first[place] > 0
    return heard and length > 1
