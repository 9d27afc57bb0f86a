"""Many models of one shape: their first weights, stacked on a leading axis, and their progress."""

from dataclasses import dataclass

import numpy as np

REPORT_SECONDS = 0.05  # of work between two reports, about: a stop waits no longer


@dataclass(frozen=True)
class Progress:
    """Where a training stands: after `step` steps, with the losses since the last report."""

    step: int
    losses: np.ndarray  # [steps since the last report, models], each before its update
    weights: tuple  # of arrays [models, …]


def stack(models):
    """Weights of several models of one shape -> one tuple of arrays [models, …]."""
    return tuple(np.stack(arrays) for arrays in zip(*models, strict=True))


def generator(seed, use):
    """A NumPy generator for one use of a model's seed, apart from those for other uses."""
    return np.random.default_rng([seed, use])


def glorot_uniform(rng, fan_in, fan_out):
    """A kernel [fan_in, fan_out] as Keras' glorot_uniform draws it."""
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def orthogonal(rng, rows, columns):
    """A matrix [rows, columns], rows ≤ columns, with orthonormal rows, as Keras draws it."""
    q, r = np.linalg.qr(rng.normal(size=(columns, rows)))
    return (q * np.sign(np.diag(r))).T  # the signs make the draw uniform


def lstm_weights(rng, inputs, units):
    """Kernel, recurrent kernel and bias of an LSTM layer as Keras draws them, forget bias 1."""
    bias = np.zeros(4 * units)
    bias[units : 2 * units] = 1  # gates in Keras' order: input, forget, cell, output
    return [glorot_uniform(rng, inputs, 4 * units), orthogonal(rng, units, 4 * units), bias]


def dense_weights(rng, inputs, units):
    """Kernel and bias of a Dense layer as Keras draws them."""
    return [glorot_uniform(rng, inputs, units), np.zeros(units)]
