"""What streams answer to a window, whole and in two halves, and how far pokes move the answers.

The halves are the two chunks of a stateful model. Everything is in float64, so that what fades can
be followed to where Keras, in float32, sees nothing.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle
from utils.training.many import generator

FEATURES = 4
STREAMS = (2, 3, 4, 5)
WINDOWS = (4, 6, 10, 20, 50, 100, 200)  # timesteps; even, so that the halves are equally long
UNITS = (1, 2, 3, 5, 8, 16)
SEEDS = range(10)
NOTHING = 1e-14  # smaller changes are what float64 makes of none
FAINT = 2.0**-24  # smaller changes of outputs near 1 are too faint for float32


@dataclass(frozen=True)
class Point:
    """Where the controls stand."""

    first: str | None  # the stream that runs first, "first" or "last"; None: a state each
    streams: int
    timesteps: int
    units: int
    seed: int

    @property
    def order(self):
        """The streams as they run, or as they are listed."""
        return range(self.streams)[:: -1 if self.first == "last" else 1]


@dataclass(frozen=True)
class Heard:
    """What comes of a window, whole and in halves, and of pokes in its first half."""

    differences: np.ndarray  # [streams, timesteps]: whole against halves, summed over units
    same: np.ndarray  # [streams, streams]: the largest change in the first half; rows were poked
    next: np.ndarray  # [streams, streams]: and in the second

    @property
    def after_the_cut(self):
        """The largest difference at the first step of the second half."""
        return self.differences[:, self.differences.shape[1] // 2].max()

    @property
    def at_the_end(self):
        """The largest difference at the last step."""
        return self.differences[:, -1].max()


@lru_cache(maxsize=512)
def heard(point):
    """Predict a window whole, in halves, and in halves with each stream poked in the first: Heard.

    A poke adds 1 to all that a stream hears in the first half. Changes are the largest of any unit.
    """
    weights, x = weights_at(point), inputs_at(point)
    poked = np.repeat(x, 1 + point.streams, axis=0)  # the first row stays as it is
    for stream in range(point.streams):
        poked[1 + stream, stream, : point.timesteps // 2] += 1
    answer = _each_alone if point.first is None else _in_a_chain
    whole, halves = answer(weights, x, poked, point.order)
    changes = np.abs(halves[1:] - halves[0]).max(axis=-1)  # [poked, streams, timesteps]
    same, next_ = (chunk.max(axis=2) for chunk in np.split(changes, 2, axis=2))
    differences = np.abs(whole[0] - halves[0]).sum(axis=-1)
    return Heard(*map(_without_rounding, (differences, same, next_)))


def at_every_window(point):
    """The differences after the cut and at the end, [2, windows]."""
    found = [heard(replace(point, timesteps=timesteps)) for timesteps in WINDOWS]
    return np.array([[h.after_the_cut for h in found], [h.at_the_end for h in found]])


def weights_at(point):
    """Kernel, recurrent kernel and bias of a point's LSTM, in float64."""
    return [np.float64(w) for w in puzzle.initial_weights(point.seed, FEATURES, point.units)]


def inputs_at(point):
    """What the streams hear, [1, streams, timesteps, features]: normal numbers.

    A longer window or a further stream leaves the others as they are.
    """
    return _all_inputs(point.seed)[np.newaxis, : point.streams, : point.timesteps]


@lru_cache(maxsize=len(SEEDS))
def _all_inputs(seed):
    return generator(seed, 2).normal(size=(STREAMS[-1], WINDOWS[-1], FEATURES))


def _each_alone(weights, whole, halves, _):
    """What streams with a state each answer to both: [rows, streams, timesteps, units], twice."""
    first, second = np.split(halves, 2, axis=2)
    to_first, state = puzzle.alone(weights, first, return_state=True)
    to_second = puzzle.alone(weights, second, state)
    return puzzle.alone(weights, whole), np.concatenate([to_first, to_second], axis=2)


def _in_a_chain(weights, whole, halves, order):
    """The same of streams that share one state.

    Whole or in halves, the layer hears one long sequence, of the same steps in two orders. So both
    are rows of one batch: half the time of two runs.
    """
    timesteps = whole.shape[2]
    parts = [
        (whole, puzzle.heard(order, timesteps)),
        (halves, puzzle.heard(order, timesteps, cuts=[timesteps // 2])),
    ]
    long = np.concatenate([x[:, *places] for x, places in parts])  # [rows, all steps, features]
    answers = puzzle.alone(weights, long[:, np.newaxis])[:, 0]  # [rows, all steps, units]
    for x, places in parts:
        in_place = np.empty((*x.shape[:3], answers.shape[-1]))
        in_place[:, *places], answers = answers[: len(x)], answers[len(x) :]
        yield in_place


def _without_rounding(changes):
    return np.where(changes < NOTHING, 0, changes)
