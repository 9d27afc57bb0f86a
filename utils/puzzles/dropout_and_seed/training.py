"""The question's experiment, many models at once: with Dropout and without, seed by seed.

A seed decides the first weights, the order of the rows and the masks. So two models of one seed
start alike, and the one without Dropout differs from the other by its masks alone.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from utils.training import dense

from . import question

ARMS = {  # with and without Dropout, and with Dropout once more: (rate, added to the seed)
    "with": (question.RATE, 0),
    "without": (0.0, 0),
    "again": (question.RATE, 1000),
}
PAIR = "with", "without"


@dataclass(frozen=True)
class Setting:
    """Sizes of the data and of the model, and how it is trained; as the question did if unsaid."""

    rows: int = question.ROWS
    inputs: int = question.INPUTS
    rows_a_window: int = question.ROWS_A_WINDOW
    units: int = question.UNITS
    learning_rate: float = question.LEARNING_RATE
    epochs: int = question.EPOCHS

    @property
    def steps(self):
        """Batches of the whole training."""
        return self.epochs * -(-int(self.rows * (1 - question.HELD_OUT)) // question.BATCH)


@dataclass(frozen=True)
class Runs:
    """The losses of one arm after each epoch, a row for each seed."""

    training: np.ndarray  # [seeds, epochs], with Dropout at work: what Keras reports as `loss`
    validation: np.ndarray  # [seeds, epochs]

    def last(self, kind):
        """The last epoch's losses of one kind, "training" or "validation": [seeds]."""
        return getattr(self, kind)[:, -1].astype(float)


def trainings(setting, rates, seeds, chunk=None):
    """Train a model for each seed, at the same seed's rate: a generator of `dense.EpochProgress`.

    rates: of the Dropout, one for all or [models]. seeds: [models]. The untrained models come
    first, then a report every `chunk` steps, or about every 50 ms. Close it to stop.
    """
    seeds = list(seeds)
    rates = np.broadcast_to(rates, len(seeds))
    sizes = setting.inputs, *[setting.units] * question.HIDDEN, 1
    weights = dense.stack([dense.initial_weights(seed, sizes) for seed in seeds])
    rows, held_out = _data(setting.rows, setting.inputs, setting.rows_a_window)
    return dense.train(
        weights,
        *rows,
        epochs=setting.epochs,
        batch=question.BATCH,
        learning_rate=setting.learning_rate,
        rates=rates,
        seeds=seeds,
        masks=_masks(seeds, rates, setting.units) if rates.any() else None,
        validation=held_out,
        chunk=chunk,
    )


def train_pair(setting, seed, chunk=None):
    """Train the models of PAIR, with and without Dropout, from one seed and side by side."""
    return trainings(setting, [ARMS[arm][0] for arm in PAIR], [seed] * len(PAIR), chunk)


def train_arms(setting, seeds):
    """Train all ARMS for some seeds, all at once: {"training": losses, "validation": losses}.

    The losses of each epoch are [arms, seeds, epochs], float32.
    """
    models = [(rate, seed + more) for rate, more in ARMS.values() for seed in seeds]
    for report in trainings(setting, *zip(*models, strict=True), chunk=250):
        last = report
    shape = len(ARMS), len(seeds), setting.epochs
    kinds = {"training": last.training, "validation": last.validation}  # [epochs, models] each
    return {kind: a.T.reshape(shape).astype(np.float32) for kind, a in kinds.items()}


def runs_of(arrays):
    """What `train_arms` returned, as {arm: Runs}."""
    return {arm: Runs(arrays["training"][k], arrays["validation"][k]) for k, arm in enumerate(ARMS)}


@lru_cache(maxsize=2)
def _data(rows, inputs, rows_a_window):
    return question.split(*question.data(rows, inputs, rows_a_window))


def _masks(seeds, rates, units):
    """What to keep, for `dense.train`: drawn in steps of 1/65536, which is quick.

    The room draws its own, so that a record does not hang on how the trainer draws them.
    """
    rngs = [np.random.default_rng([seed, 3]) for seed in seeds]
    dropped = np.round(np.asarray(rates) * 2**16).astype(np.uint16)
    shape = question.BATCH, question.HIDDEN * units

    def draw(epoch, start, stop):
        masks = np.empty((stop - start, len(rngs), *shape), bool)
        for model, (rng, below) in enumerate(zip(rngs, dropped, strict=True)):
            numbers = rng.integers(0, 2**16, (stop - start, *shape), np.uint16)
            np.greater_equal(numbers, below, out=masks[:, model])
        return masks

    return draw
