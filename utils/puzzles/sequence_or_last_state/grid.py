"""The record behind the explorer of lesson 03: both kinds at every size, delay, window and seed."""

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from utils.training import records

from .judging import by_step
from .settings import BATCH, EVERY, FRESH, FRESH_SEED, LEARNING_RATE, STEPS
from .signals import sine_of
from .training import KINDS, curve, curve_steps, fresh, trained, trainings

RECORD = "03_grid"
GRID = {  # what the sliders offer
    "timesteps": (25, 50),
    "units": (4, 8, 16, 32),
    "delay": (0, 1, 3, 5, 10, 20),
    "seed": tuple(range(5)),
}
SHOWN = {1.0: 0.6, 2.0: 4.0, 3.5: 2.2}  # frequency in Hz -> phase, of the sines that are drawn


@dataclass(frozen=True)
class Recorded:
    """One training of the record."""

    steps: np.ndarray  # [points]
    losses: np.ndarray  # [points]: at each point the mean of the EVERY steps before it
    by_step: np.ndarray  # [timesteps]: mean squared error on fresh sines
    outputs: dict  # frequency of one of the SHOWN sines -> [timesteps]

    @property
    def error(self):
        """The error over the whole window, summed as the loss is."""
        return float(self.by_step.sum())


def recorded(kind, timesteps, delay, units, seed):
    """The recorded training of a kind, "sequence" or "last", at one point of GRID.

    Raises KeyError if the point is not in the record, records.RecordError if the record is no good.
    """
    point = timesteps, units, delay
    if kind not in KINDS or point not in points() or seed not in GRID["seed"]:
        raise KeyError(
            f"The record has no {kind=}, {timesteps=}, {delay=}, {units=}, {seed=}. It has the "
            f"kinds {' and '.join(KINDS)}, and {GRID}."
        )
    at = points().index(point), KINDS.index(kind), GRID["seed"].index(seed)
    losses, errors, outputs = (_record()[name][at] for name in ("losses", "by_step", "outputs"))
    return Recorded(
        curve_steps(),
        losses,
        errors[:timesteps],
        {f: line[:timesteps].astype(float) for f, line in zip(SHOWN, outputs, strict=True)},
    )


def points():
    """What is recorded, one after the other: (timesteps, units, delay)."""
    return list(product(GRID["timesteps"], GRID["units"], GRID["delay"]))


def measure(point):
    """Train all seeds of both kinds at one point.

    Returns losses [kinds, seeds, points], by_step [kinds, seeds, longest window] and outputs
    [kinds, seeds, SHOWN, longest window], with NaN behind a shorter window.
    """
    timesteps, units, delay = point
    measured = [_trained(kind, timesteps, delay, units) for kind in KINDS]
    return {name: np.stack([of_kind[name] for of_kind in measured]) for name in measured[0]}


def shown(frequency, timesteps, delay):
    """One of the SHOWN sines: x [1, timesteps, 1] and y [1, timesteps]."""
    return sine_of(frequency, SHOWN[frequency], timesteps, delay)


def settings():
    """All that the record's numbers depend on, besides the code."""
    return {
        **{name: list(values) for name, values in GRID.items()},
        "kinds": list(KINDS),
        "shown": [list(sine) for sine in SHOWN.items()],
        "batch": BATCH,
        "steps": STEPS,
        "learning_rate": LEARNING_RATE,
        "every": EVERY,
        "fresh": FRESH,
        "fresh_seed": FRESH_SEED,
    }


def _trained(kind, timesteps, delay, units):
    losses = []
    for report in trainings(kind, timesteps, delay, units, GRID["seed"], chunk=250):
        losses.append(report.losses)
    seeds = range(len(GRID["seed"]))
    models = [trained(kind, tuple(w[s] for w in report.weights)) for s in seeds]
    drawn = np.concatenate([shown(frequency, timesteps, delay)[0] for frequency in SHOWN])
    errors = [by_step(model, *fresh(timesteps, delay)) for model in models]
    outputs = [model(drawn) for model in models]
    return {
        "losses": curve(np.concatenate(losses)).T.astype(np.float32),
        "by_step": _padded(errors).astype(np.float32),
        "outputs": _padded(outputs).astype(np.float16),
    }


def _padded(arrays):
    """Stack arrays […, timesteps], with NaN up to the longest window."""
    arrays = np.stack(arrays)
    missing = max(GRID["timesteps"]) - arrays.shape[-1]
    widths = [(0, 0)] * (arrays.ndim - 1) + [(0, missing)]
    return np.pad(arrays, widths, constant_values=np.nan)


@cache
def _record():
    return records.load(records.path_of(RECORD), RECORD, settings()).arrays
