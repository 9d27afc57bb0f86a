"""Values leak from stream to stream, in `fit` as well. Gradients don't."""

from dataclasses import dataclass

import numpy as np

from utils.instruments.quiet import quietly
from utils.puzzles.table import Table

from .running import from_reset, reset

POKE = 1.0  # added to every input of a stream
ROUND_OFF = 1e-7  # of a loss: Keras sums it in an order of its own each time


@dataclass(frozen=True)
class Leaks:
    """Entry [j, i]: how much stream i's answer has to do with stream j's input, in one call."""

    values: np.ndarray  # [streams, streams]: its largest change when POKE is added to the input
    gradients: np.ndarray  # [streams, streams]: the largest derivative of its sum

    def __repr__(self):
        return "\n\n".join(map(repr, self._tables()))

    def _repr_html_(self):
        return "".join(table._repr_html_() for table in self._tables())

    def _tables(self):
        changes = f"Largest change of an answer when {POKE:g} is added to an input"
        yield _table(self.values, "answer", changes)
        yield _table(self.gradients, "answer", "Largest derivative of a summed answer by an input")


@dataclass(frozen=True)
class LossChanges:
    """Entry [j, i]: how much stream i's loss changes when POKE is added to stream j's input."""

    values: np.ndarray  # [streams, streams]

    def __repr__(self):
        return repr(self._table())

    def _repr_html_(self):
        return self._table()._repr_html_()

    def _table(self):
        caption = f"Change of a stream's loss in fit when {POKE:g} is added to an input"
        return _table(self.values, "loss", caption)


def gradient_leak(model, x):
    """Which stream's answer changes with which stream's input, and which derivative tells so.

    model: Keras on TensorFlow, [batch, streams, timesteps, features] -> [batch, streams, …].
    x: one chunk. Every call begins from a reset, and the model is left reset. Returns Leaks.
    """
    import tensorflow as tf

    x = np.asarray(x, np.float32)
    calm = from_reset(model, x)
    values = [np.abs(from_reset(model, poked) - calm).max(axis=(0, 2, 3)) for poked in _poked(x)]
    inputs = tf.constant(x)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(inputs)
        sums = tf.unstack(tf.reduce_sum(model(inputs), axis=[0, 2, 3]))
    reset(model)
    none = tf.UnconnectedGradients.ZERO
    derivatives = [tape.gradient(sum_, inputs, unconnected_gradients=none) for sum_ in sums]
    gradients = np.abs(derivatives).max(axis=(1, 3, 4)).T  # [streams of x, streams of sums]
    return Leaks(np.array(values), gradients)


def leak_in_fit(model, x):
    """Which stream's loss in `fit` changes with which stream's input.

    model, x: as for `gradient_leak`; one step, towards zeros and with a learning rate of 0, so that
    the weights stay. Compiles the model anew and leaves it reset. Returns LossChanges, in which
    what is not more than round-off is 0.
    """
    import keras

    def loss_of(stream):
        def loss(y_true, y_pred):
            return keras.ops.mean((y_true - y_pred)[:, stream] ** 2)

        loss.__name__ = f"stream_{stream}"  # by which fit reports it
        return loss

    x = np.asarray(x, np.float32)
    losses = [loss_of(stream) for stream in range(x.shape[1])]
    model.compile(keras.optimizers.SGD(0.0), "mse", metrics=losses, jit_compile=False)

    def fitted(x):
        reset(model)
        y = np.zeros((*x.shape[:3], model.output_shape[3]), np.float32)
        history = model.fit(x, y, batch_size=len(x), verbose=0).history
        return np.array([history[loss.__name__][0] for loss in losses])

    with quietly():
        calm = fitted(x)
        changes = np.array([np.abs(fitted(poked) - calm) for poked in _poked(x)])
    reset(model)
    return LossChanges(np.where(changes > ROUND_OFF, changes, 0))


def _poked(x):
    """x with one stream changed, for each stream."""
    for stream in range(x.shape[1]):
        poked = x.copy()
        poked[:, stream] += POKE
        yield poked


def _table(matrix, what, caption):
    streams = [f"stream {stream}" for stream in range(len(matrix))]
    rows = [
        (f"input of {name}", *(f"{number:.3g}" for number in row))
        for name, row in zip(streams, matrix, strict=True)
    ]
    return Table(caption, ("", *(f"{what} of {name}" for name in streams)), tuple(rows))
