"""The question's training with the course's own trainer: many seeds at once, or both kinds live."""

from dataclasses import dataclass

import numpy as np

from utils.training import sequences

from .settings import BATCH, EVERY, FRESH, FRESH_SEED, LEARNING_RATE, STEPS
from .signals import sines

KINDS = sequences.KINDS  # "sequence" is model (a), "last" is model (c)


@dataclass(frozen=True)
class Pair:
    """How far the two kinds have come, trained side by side."""

    step: int  # that both have reached
    losses: dict  # kind -> [steps so far], each before its update
    weights: dict  # kind -> tuple of arrays, as Keras orders them


def trainings(kind, timesteps, delay, units, seeds=(0,), steps=STEPS, chunk=None):
    """Train one model a seed, all at once, each on sines of its own.

    A generator of Progress: the untrained models first, then a report every `chunk` steps, or about
    every 50 ms. Close it to stop. Fewer steps are the beginning of a whole training.
    """
    weights = sequences.stack(
        [sequences.initial_weights(seed, kind, units, timesteps) for seed in seeds]
    )
    drawn = [sines(max(steps, STEPS) * BATCH, timesteps, delay, seed) for seed in seeds]
    inputs = np.stack([x.reshape(-1, BATCH, timesteps, 1)[:steps] for x, _ in drawn], axis=1)
    targets = np.stack([y.reshape(-1, BATCH, timesteps)[:steps] for _, y in drawn], axis=1)
    return sequences.train(weights, kind, inputs, targets, learning_rate=LEARNING_RATE, chunk=chunk)


def side_by_side(timesteps, delay, units, seed=0, steps=STEPS):
    """Train a model of each kind on the same sines, in turns: yields Pair, untrained first."""
    running = {kind: trainings(kind, timesteps, delay, units, (seed,), steps) for kind in KINDS}
    try:
        reports = {kind: next(running[kind]) for kind in KINDS}
        losses = {kind: [reports[kind].losses[:, 0]] for kind in KINDS}
        while True:
            yield Pair(
                min(report.step for report in reports.values()),
                {kind: np.concatenate(losses[kind]) for kind in KINDS},
                {kind: tuple(w[0] for w in reports[kind].weights) for kind in KINDS},
            )
            behind = min(KINDS, key=lambda kind: reports[kind].step)
            if reports[behind].step == steps:
                return
            reports[behind] = next(running[behind])
            losses[behind].append(reports[behind].losses[:, 0])
    finally:
        for training in running.values():
            training.close()


def untrained(kind, timesteps, units, seed=0):
    """A model before its training, in NumPy: [..., N, timesteps, 1] -> [..., N, timesteps]."""
    return trained(kind, sequences.initial_weights(seed, kind, units, timesteps))


def trained(kind, weights):
    """A model with these weights, arrays as Keras orders them, in NumPy: shapes as above."""
    return lambda x: sequences.predict(weights, kind, x)


def fresh(timesteps, delay, before=0, n=FRESH):
    """Sines that no training has seen, always the same: x and y as from `sines`."""
    return sines(n, timesteps, delay, FRESH_SEED, before)


def curve(losses):
    """The mean of every EVERY losses, [n, …] -> [n // EVERY, …]: Adam at this rate jitters."""
    losses = np.asarray(losses)
    whole = len(losses) // EVERY * EVERY
    return losses[:whole].reshape(-1, EVERY, *losses.shape[1:]).mean(axis=1)


def curve_steps(steps=STEPS):
    """The steps at which the points of a curve end, [steps // EVERY]."""
    return np.arange(EVERY, steps + 1, EVERY)
