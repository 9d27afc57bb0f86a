"""The record of the question's experiment at full scale: 100,000 × 1001, ten seeds an arm.

`make records ARGS=02.full_scale` trains it anew, which takes from some minutes to an hour.
"""

from dataclasses import asdict
from functools import cache

from utils.training import records

from .training import DROPS, Setting, losses

RECORD = "02_full_scale"
SETTING = Setting()
SEEDS = tuple(range(10))
AT_ONCE = 5  # seeds that are trained together, so that a stopped recording goes on not far back


def settings():
    """All that the record's numbers depend on, besides the code."""
    return {**asdict(SETTING), "rates": list(DROPS), "seeds": list(SEEDS), "at_once": AT_ONCE}


def points():
    """What is recorded, one after the other: (rate, some seeds)."""
    groups = [SEEDS[k : k + AT_ONCE] for k in range(0, len(SEEDS), AT_ONCE)]
    return [(rate, seeds) for rate in DROPS for seeds in groups]


def measure(point):
    """Train the seeds of one point: both losses of each epoch, [seeds, epochs]."""
    training, validation = losses(SETTING, *point)
    return {"training": training, "validation": validation}


def recorded():
    """The recorded losses: kind ("training" or "validation") -> [2 rates, seeds, epochs].

    With Dropout first. Raises records.RecordError if the record is no good.
    """
    return {kind: array.reshape(len(DROPS), len(SEEDS), -1) for kind, array in _arrays().items()}


@cache
def _arrays():
    return records.load(records.path_of(RECORD), RECORD, settings()).arrays
