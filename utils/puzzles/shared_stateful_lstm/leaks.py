"""Values leak from stream to stream, gradients don't."""

from dataclasses import dataclass

import numpy as np

from .running import from_reset, reset
from .table import Table

POKE = 1.0  # added to every input of a stream


@dataclass(frozen=True)
class Leaks:
    """Entry [j, i]: how much stream i's answer has to do with stream j's input, in one call."""

    values: np.ndarray  # [streams, streams]: its largest change when 1 is added to the input
    gradients: np.ndarray  # [streams, streams]: the largest derivative of its sum

    def __repr__(self):
        return f"{_table(self.values, 'Changes')}\n\n{_table(self.gradients, 'Derivatives')}"

    def _repr_html_(self):
        return (
            _table(self.values, "Changes")._repr_html_()
            + _table(self.gradients, "Derivatives")._repr_html_()
        )


def gradient_leak(model, x):
    """Which stream's answer changes with which stream's input, and which derivative tells so.

    model: Keras on TensorFlow, [batch, streams, timesteps, features] -> [batch, streams, …].
    x: one chunk. Every call begins from a reset, and the model is left reset. Returns Leaks.
    """
    import tensorflow as tf

    x = np.asarray(x, np.float32)
    streams = range(x.shape[1])
    calm = from_reset(model, x)
    values = np.empty((len(streams), len(streams)))
    for stream in streams:
        poked = x.copy()
        poked[:, stream] += POKE
        changes = np.abs(from_reset(model, poked) - calm)
        values[stream] = changes.max(axis=(0, 2, 3))
    inputs = tf.constant(x)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(inputs)
        sums = tf.unstack(tf.reduce_sum(model(inputs), axis=[0, 2, 3]))
    reset(model)
    none = tf.UnconnectedGradients.ZERO
    derivatives = [tape.gradient(sum_, inputs, unconnected_gradients=none) for sum_ in sums]
    gradients = np.abs(derivatives).max(axis=(1, 3, 4)).T  # [streams of x, streams of sums]
    return Leaks(values, gradients)


def _table(matrix, what):
    streams = [f"stream {stream}" for stream in range(1, len(matrix) + 1)]
    captions = {
        "Changes": f"Largest change of an answer when {POKE:g} is added to an input",
        "Derivatives": "Largest derivative of a summed answer by an input",
    }
    rows = [
        (f"input of {name}", *(f"{number:.3g}" for number in row))
        for name, row in zip(streams, matrix, strict=True)
    ]
    return Table(captions[what], ("", *(f"answer of {name}" for name in streams)), tuple(rows))
