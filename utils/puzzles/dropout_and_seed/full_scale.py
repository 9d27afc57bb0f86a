"""The record of the question's experiment at full scale: 100,000 × 1001, twenty seeds an arm.

`make records ARGS=02.full_scale` trains it anew, which takes from some minutes to an hour.
"""

from dataclasses import asdict
from functools import cache

import numpy as np

from utils.training import records

from . import question
from .training import ARMS, Setting, runs_of, train_arms

RECORD = "02_full_scale"
SETTING = Setting()
SEEDS = tuple(range(20))
AT_ONCE = 5  # seeds that are trained together: a recording that is stopped goes on from there


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
    """The recorded Runs, twenty seeds an arm: "with" and "without" Dropout, and "again" with.

    Raises records.RecordError if the record is no good.
    """
    arrays = records.load(records.path_of(RECORD), RECORD, settings()).arrays
    return runs_of({kind: np.concatenate(array, axis=1) for kind, array in arrays.items()})
