"""The record of the floors: how well any causal model can do at each delay, with measurement noise.

Without noise a floor takes a moment to compute; with it, seconds.
"""

from functools import cache

import numpy as np

from utils.training import records

from .knowable import GRID, floor, floors_up_to
from .posterior import DRAWS

RECORD = "03_floors"
DELAYS = tuple(range(21))
NOISES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)  # standard deviations; a sine's is 0.707


def recorded_floor(delay, timesteps, noise=0.0):
    """As `floor`, from the record: [timesteps], at one of DELAYS and NOISES.

    Raises KeyError if the point is not in the record, records.RecordError if the record is no good.
    """
    if delay not in DELAYS or noise not in NOISES:
        raise KeyError(
            f"The record has no {delay=}, {noise=}. It has delays of 0 to {DELAYS[-1]} samples and "
            f"noise of {', '.join(f'{noise:g}' for noise in NOISES)}."
        )
    by_step = np.zeros(timesteps)
    kept = _record()["floor"][NOISES.index(noise), delay, :timesteps]
    by_step[: len(kept)] = kept
    return by_step


def points():
    """What is recorded, one after the other: the noise."""
    return list(NOISES)


def measure(noise):
    """The floor at each delay, by step: floor [delays, longest delay]."""
    longest = DELAYS[-1]
    if noise:
        return {"floor": floors_up_to(longest, noise)}
    return {"floor": np.stack([floor(delay, longest) for delay in DELAYS])}


def settings():
    """All that the record's numbers depend on, besides the code."""
    return {"delays": list(DELAYS), "noises": list(NOISES), "draws": DRAWS, "grid": GRID}


@cache
def _record():
    return records.load(records.path_of(RECORD), RECORD, settings()).arrays
