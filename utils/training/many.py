"""Many models of one shape: their first weights, stacked on a leading axis, and their progress."""

import threading
from dataclasses import dataclass

import numpy as np

REPORT_SECONDS = 0.1  # of work between two reports, about: closing a training takes no longer


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


def lstm_weights(rng, inputs, units):
    """Kernel, recurrent kernel and bias of an LSTM layer as Keras draws them, forget bias 1."""
    bias = np.zeros(4 * units)
    bias[units : 2 * units] = 1  # gates in Keras' order: input, forget, cell, output
    return [_glorot_uniform(rng, inputs, 4 * units), _orthogonal(rng, units, 4 * units), bias]


def dense_weights(rng, inputs, units):
    """Kernel and bias of a Dense layer as Keras draws them."""
    return [_glorot_uniform(rng, inputs, units), np.zeros(units)]


def meanwhile(work, seconds=REPORT_SECONDS):
    """Do `work` on a thread; a generator that hands over control every so often until it is done.

    For what can't be cut into pieces, such as a compilation. Closed early, it leaves the work to
    end on its own. Raises what the work raised.
    """
    raised = []

    def watched():
        try:
            work()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=watched)
    thread.start()
    thread.join(seconds)
    while thread.is_alive():
        yield
        thread.join(seconds)
    if raised:
        raise raised[0]


def compiling(function):
    """A function that XLA compiles once for each set of its arguments' shapes.

    A `tf.function` called with many shapes would warn that it is traced often; here it is meant.
    """
    import tensorflow as tf

    traced = tf.function(function, jit_compile=True, autograph=False)
    return lambda *arguments: traced.get_concrete_function(*arguments)(*arguments)


def steps_a_report(seconds, before):
    """How many steps to do before the next report, if the last `before` steps took `seconds`."""
    return int(np.clip(before * REPORT_SECONDS / seconds, 1, 4 * before))


def _glorot_uniform(rng, fan_in, fan_out):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def _orthogonal(rng, rows, columns):
    q, r = np.linalg.qr(rng.normal(size=(columns, rows)))
    return (q * np.sign(np.diag(r))).T  # the signs make the draw uniform
