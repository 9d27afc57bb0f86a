"""The record of the cures: what people try on the model that stalls, all at the same budget.

Same sines, same number of steps, same optimiser. The loss that is trained and the error over the
whole window, on fresh sines, are kept apart: a masked loss makes them differ.
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
    EVERY,
    FRESH,
    FRESH_SEED,
    LEARNING_RATE,
    STEPS,
    TIMESTEPS,
    UNITS,
)
from .signals import sines

RECORD = "03_cures"
SEEDS = (0, 1, 2)


@dataclass(frozen=True)
class Cure:
    """One thing to try: a model, and how its training differs from that of model (a)."""

    words: str
    build: Callable  # (timesteps) -> a Keras model
    before: int = 0  # samples before the window that it hears
    skip: int = 0  # first steps that its loss leaves out


CURES = {
    "sequence": Cure("(a) sequence", lambda n: models.sequence_model(n, UNITS)),
    "last_state": Cure("(c) last state + Dense", lambda n: models.last_state_model(n, UNITS)),
    "native": Cure("(b) raw TensorFlow", None),
    "masked": Cure("masked loss", lambda n: models.sequence_model(n, UNITS), skip=DELAY),
    "warm_up": Cure("warm-up", lambda n: models.warm_up_model(n, UNITS, DELAY), before=DELAY),
    "bidirectional": Cure("bidirectional", lambda n: models.bidirectional_model(n, UNITS)),
    "encoder_decoder": Cure("encoder-decoder", lambda n: models.encoder_decoder_model(n, UNITS)),
    "flatten": Cure("sequence + Flatten + Dense", lambda n: models.flatten_model(n, UNITS)),
    "two_layers": Cure("two layers", lambda n: models.two_layer_model(n, UNITS)),
    "units_100": Cure("100 units", lambda n: models.sequence_model(n, 100)),
}


@dataclass(frozen=True)
class Recorded:
    """What the trainings with one cure came to, one for each of SEEDS."""

    words: str
    parameters: int
    steps: np.ndarray  # [points]
    losses: np.ndarray  # [seeds, points]: at each point the mean of the EVERY steps before it
    by_step: np.ndarray  # [seeds, timesteps]: mean squared error on fresh sines, no step left out

    @property
    def errors(self):
        """The error over the whole window, summed as the loss is: [seeds]."""
        return self.by_step.sum(axis=1)


def recorded_cure(name):
    """The recorded trainings with a cure, by its name in CURES; "sequence" is model (a) itself.

    Raises KeyError if there is no such cure, records.RecordError if the record is no good.
    """
    if name not in CURES:
        raise KeyError(f"The record has no cure {name!r}; it has {', '.join(CURES)}.")
    at = [points().index((name, seed)) for seed in SEEDS]
    arrays = {key: array[at] for key, array in _record().items()}
    return Recorded(
        CURES[name].words,
        int(arrays["parameters"][0]),
        np.arange(EVERY, STEPS + 1, EVERY),
        arrays["losses"],
        arrays["by_step"],
    )


def points():
    """What is recorded, one after the other: (cure, seed)."""
    return [(name, seed) for seed in SEEDS for name in CURES]


def measure(point):
    """Train one cure from one seed: losses [points], by_step [timesteps], parameters []."""
    losses, errors, parameters = trained(*point)
    return {
        "losses": losses.reshape(-1, EVERY).mean(axis=1).astype(np.float32),
        "by_step": errors.astype(np.float32),
        "parameters": np.array(parameters),
    }


def trained(name, seed, steps=STEPS):
    """Train one cure: its losses [steps], its error by time step, its number of parameters."""
    import keras

    cure = CURES[name]
    x, y = sines(STEPS * BATCH, TIMESTEPS, DELAY, seed, cure.before)
    x, y = x[: steps * BATCH], y[: steps * BATCH]
    if cure.build is None:
        weights = native_weights(seed, TIMESTEPS, UNITS)
        losses, weights = train_native(weights, x, y, BATCH, LEARNING_RATE)
        parameters = sum(array.size for array in weights.values())
        return losses, _error(lambda x: native(x, **weights), cure), parameters
    keras.utils.set_random_seed(seed)
    model = cure.build(TIMESTEPS)
    losses = train_in_keras(model, x, y, cure.skip)
    return np.array(losses), _error(model, cure), model.count_params()


def settings():
    """All that the record's numbers depend on, besides the code."""
    return {
        "cures": list(CURES),
        "seeds": list(SEEDS),
        "timesteps": TIMESTEPS,
        "delay": DELAY,
        "units": UNITS,
        "batch": BATCH,
        "steps": STEPS,
        "learning_rate": LEARNING_RATE,
        "every": EVERY,
        "fresh": FRESH,
        "fresh_seed": FRESH_SEED,
    }


def _error(model, cure):
    return by_step(model, *sines(FRESH, TIMESTEPS, DELAY, FRESH_SEED, cure.before))


@cache
def _record():
    return records.load(records.path_of(RECORD), RECORD, settings()).arrays
