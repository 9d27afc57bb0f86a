"""The record behind the explorer "Is it chance?": units × inputs, ten seeds an arm."""

from dataclasses import asdict
from functools import cache
from itertools import product

from utils.training import records

from . import question
from .training import ARMS, Setting, runs_of, train_arms

RECORD = "02_grid"
GRID = {  # what the sliders offer
    "units": (16, 32, 64, 128),
    "inputs": (51, 101, 201, 401),
    "seed": tuple(range(10)),
}
ROWS, ROWS_A_WINDOW = 10_000, 4


def setting(units, inputs):
    """How the models of one point are trained."""
    return Setting(rows=ROWS, inputs=inputs, rows_a_window=ROWS_A_WINDOW, units=units)


def settings():
    """All that the record's numbers depend on, besides the code."""
    first = asdict(setting(GRID["units"][0], GRID["inputs"][0]))
    return {**question.settings(), **first, **GRID, "arms": ARMS}


def points():
    """What is recorded, one after the other: (units, inputs)."""
    return list(product(GRID["units"], GRID["inputs"]))


def measure(point):
    """Train all arms and seeds of one point: both losses, [arms, seeds, epochs] each."""
    return train_arms(setting(*point), GRID["seed"])


def recorded(units, inputs):
    """The recorded Runs at one point: "with" and "without" Dropout, and "again" with.

    Raises KeyError if the point is not in the record, records.RecordError if the record is no good.
    """
    if (units, inputs) not in points():
        raise KeyError(f"The record has no {units=}, {inputs=}; see dropout_and_seed.grid.GRID.")
    at = points().index((units, inputs))
    return runs_of({kind: array[at] for kind, array in _arrays().items()})


@cache
def _arrays():
    return records.load(records.path_of(RECORD), RECORD, settings()).arrays
