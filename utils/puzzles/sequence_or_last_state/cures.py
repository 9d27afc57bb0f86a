"""The record of the cures: what people try on the model that stalls, all at the same budget.

Same sines, same optimiser, same number of steps, but for one that is given three times as many. The
loss that is trained and the error over the whole window, on fresh sines, are kept apart: a masked
loss makes them differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from utils.training import records

from . import models
from .judging import by_step
from .keras_training import train_in_keras
from .native import native, native_weights, train_native
from .settings import (
    BATCH,
    DELAY,
    FRESH,
    FRESH_SEED,
    LEARNING_RATE,
    STEPS,
    TIMESTEPS,
    UNITS,
)
from .signals import sines
from .training import fresh

RECORD = "03_cures"
SEEDS = (0, 1, 2)
POINTS = 50  # of a curve
DONE = 0.15  # the loss at which the question's repository calls it a day


@dataclass(frozen=True)
class Cure:
    """One thing to try: a model, and how its training differs from that of the sequence model."""

    build: Callable | None  # (timesteps) -> a Keras model; None for the raw TensorFlow model
    before: int = 0  # samples before the window that it hears
    skip: int = 0  # first steps that its loss leaves out
    steps: int = STEPS


CURES = {
    "sequence": Cure(lambda n: models.sequence_model(n, UNITS)),
    "sequence, 100 units": Cure(lambda n: models.sequence_model(n, 100)),
    "sequence, two layers": Cure(lambda n: models.two_layer_model(n, UNITS)),
    "sequence, 3000 steps": Cure(lambda n: models.sequence_model(n, UNITS), steps=3000),
    "masked loss": Cure(lambda n: models.sequence_model(n, UNITS), skip=DELAY),
    "last state": Cure(lambda n: models.last_state_model(n, UNITS)),
    "raw TensorFlow": Cure(None),
    "warm-up": Cure(lambda n: models.warm_up_model(n, UNITS, DELAY), before=DELAY),
    "bidirectional": Cure(lambda n: models.bidirectional_model(n, UNITS)),
    "encoder-decoder": Cure(lambda n: models.encoder_decoder_model(n, UNITS)),
    "flatten": Cure(lambda n: models.flatten_model(n, UNITS)),
}


@dataclass(frozen=True)
class Recorded:
    """What the trainings with one cure came to, one for each of SEEDS."""

    name: str
    parameters: int
    steps: np.ndarray  # [points]
    losses: np.ndarray  # [seeds, points]: at each point the mean of the steps since the one before
    by_step: np.ndarray  # [seeds, timesteps]: mean squared error on fresh sines, no step left out

    @property
    def errors(self):
        """The error over the whole window, on fresh sines, summed as the loss is: [seeds]."""
        return self.by_step.sum(axis=1)

    @property
    def done_at(self):
        """The step at which the loss first lies under DONE, [seeds]; infinity if it never does."""
        under = self.losses < DONE
        return np.where(under.any(axis=1), self.steps[under.argmax(axis=1)], np.inf)

    @property
    def sentence(self):
        """The result in words, from the lowest seed to the highest."""
        done = int(np.isfinite(self.done_at).sum())
        when = f", the first at step {self.done_at.min():.0f}" if done else ""
        return (
            f"{self.name}, {self.parameters} parameters: loss {_range(self.losses[:, -1])} after "
            f"{self.steps[-1]} steps, {done} of {len(self.losses)} seeds under {DONE}{when}; "
            f"error over the whole window {_range(self.errors)}."
        )

    def __repr__(self):
        return self.sentence


class Recordings(dict):
    """Name of a cure -> Recorded; a notebook shows it as a table."""

    def __repr__(self):
        return "\n".join(recorded.sentence for recorded in self.values())

    def _repr_html_(self):
        heads = "tried", "parameters", "loss at the end", f"under {DONE} from step", "whole window"
        rows = [
            (
                recorded.name,
                f"{recorded.parameters}",
                _range(recorded.losses[:, -1]),
                ", ".join("never" if np.isinf(at) else f"{at:.0f}" for at in recorded.done_at),
                _range(recorded.errors),
            )
            for recorded in self.values()
        ]
        head = "".join(f"<th scope='col'>{words}</th>" for words in heads)
        body = "".join(
            f"<tr><th scope='row'>{name}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
            for name, *cells in rows
        )
        return (
            f"<table><caption>{len(SEEDS)} seeds each, delay {DELAY}: lowest and highest. The last "
            f"column is measured on {FRESH} fresh sines.</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def recorded_cures():
    """The recorded trainings of all CURES, by name; raises RecordError if the record is no good."""
    return Recordings({name: _recorded(name) for name in CURES})


def points():
    """What is recorded, one after the other: (cure, seed)."""
    return [(name, seed) for seed in SEEDS for name in CURES]


def measure(point):
    """Train one cure from one seed: losses [points], by_step [timesteps], parameters []."""
    losses, errors, parameters = train_cure(*point)
    return {
        "losses": losses.reshape(POINTS, -1).mean(axis=1).astype(np.float32),
        "by_step": errors.astype(np.float32),
        "parameters": np.array(parameters),
    }


def train_cure(name, seed, steps=None):
    """Train one cure: its losses [steps], its error by time step, its number of parameters.

    steps: stop after so many. Sets Keras' global seed, from which the first weights are drawn.
    """
    import keras

    cure = CURES[name]
    x, y = sines(cure.steps * BATCH, TIMESTEPS, DELAY, seed, cure.before)
    kept = (steps or cure.steps) * BATCH
    x, y, test = x[:kept], y[:kept], fresh(TIMESTEPS, DELAY, cure.before)
    if cure.build is None:
        weights = native_weights(seed, TIMESTEPS, UNITS)
        losses, weights = train_native(weights, x, y, BATCH, LEARNING_RATE)
        parameters = sum(array.size for array in weights.values())
        return losses, by_step(lambda x: native(x, **weights), *test), parameters
    keras.utils.set_random_seed(seed)
    model = cure.build(TIMESTEPS)
    losses = train_in_keras(model, x, y, cure.skip)
    return np.array(losses), by_step(model, *test), model.count_params()


def settings():
    """All that the record's numbers depend on, besides the code."""
    return {
        "cures": {name: [c.before, c.skip, c.steps] for name, c in CURES.items()},
        "seeds": list(SEEDS),
        "timesteps": TIMESTEPS,
        "delay": DELAY,
        "units": UNITS,
        "batch": BATCH,
        "learning_rate": LEARNING_RATE,
        "points": POINTS,
        "fresh": FRESH,
        "fresh_seed": FRESH_SEED,
    }


def _recorded(name):
    at = [points().index((name, seed)) for seed in SEEDS]
    arrays = {key: array[at] for key, array in _record().items()}
    ends = np.linspace(0, CURES[name].steps, POINTS + 1)[1:].astype(int)
    parameters = int(arrays["parameters"][0])
    return Recorded(name, parameters, ends, arrays["losses"], arrays["by_step"])


def _range(values):
    low, high = (f"{value:.3f}" for value in (np.min(values), np.max(values)))
    return low if low == high else f"{low}–{high}"


@cache
def _record():
    return records.load(records.path_of(RECORD), RECORD, settings()).arrays
