"""The question's experiment, many models at once: with Dropout and without, seed by seed.

A seed decides the first weights, the order of the rows and the masks. So two models of one seed
start alike, and the one without Dropout differs from the other by its masks alone.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from utils.training import dense

from . import question

DROPS = question.RATE, 0.0  # the two arms: the rate with Dropout, and without


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
    """Train the models with and without Dropout (in this order) from one seed, side by side."""
    return trainings(setting, DROPS, [seed] * len(DROPS), chunk)


def losses(setting, rate, seeds):
    """Each epoch's losses of a model for each seed: training mode and validation, [seeds, epochs].

    Training mode: the mean over the epoch of the loss with Dropout, which Keras reports as `loss`.
    """
    for report in trainings(setting, rate, seeds, chunk=250):
        last = report
    return last.training.T.astype(np.float32), last.validation.T.astype(np.float32)


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
