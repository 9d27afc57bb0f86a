"""The record behind "how many seeds": a small setting, 48 seeds an arm."""

from dataclasses import asdict
from functools import cache

import numpy as np

from utils.training import records

from . import question
from .training import ARMS, Setting, runs_of, train_arms

RECORD = "02_many_seeds"
SETTING = Setting(rows=4000, inputs=51, rows_a_window=2, learning_rate=1e-3)
SEEDS = tuple(range(48))
AT_ONCE = 12  # seeds that are trained together: a recording that is stopped goes on from there


def settings():
    """All that the record's numbers depend on, besides the code."""
    about = question.settings() | asdict(SETTING)
    return {**about, "arms": ARMS, "seeds": SEEDS, "at_once": AT_ONCE}


def points():
    """What is recorded, one after the other: some seeds."""
    return [SEEDS[k : k + AT_ONCE] for k in range(0, len(SEEDS), AT_ONCE)]


def measure(seeds):
    """Train all arms with some seeds: both losses, [arms, seeds, epochs] each."""
    return train_arms(SETTING, seeds)


@cache
def recorded():
    """The recorded Runs, 48 seeds an arm: "with" and "without" Dropout, and "again" with.

    Raises records.RecordError if the record is no good.
    """
    arrays = records.load(records.path_of(RECORD), RECORD, settings()).arrays
    return runs_of({kind: np.concatenate(array, axis=1) for kind, array in arrays.items()})
