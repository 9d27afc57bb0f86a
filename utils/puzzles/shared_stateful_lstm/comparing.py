"""The repairs side by side: the same weights, the same numbers, and what each is good for."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from utils.instruments.quiet import quietly
from utils.puzzles.table import Table

from .reference import alone, initial_weights
from .repairs import REPAIRS
from .running import chunks, from_reset, give_weights, reset, weights_of

LEARNING_RATE = 0.1  # of the one training step
SHAPE = 2, 3, 12, 4  # of the input that is tried if none is given
UNITS = 3
CARRIED = 1e-5  # below this two models go on from the same state


@dataclass(frozen=True)
class Compared:
    """What one repair does with the weights and the input that all have."""

    name: str
    parameters: int  # that are trained
    from_alone: float  # largest difference from each stream by itself
    from_halves: float  # largest difference between the whole sequence and its halves
    from_step: float  # largest difference of a weight after one training step
    from_loaded: float | None  # the same of an answer once saved and loaded; None: can't be loaded
    keeps_state: bool  # whether the loaded model also goes on from where the saved one was


class Comparison(dict):
    """Name of a repair -> Compared; reads as a table."""

    def __repr__(self):
        return repr(self._table())

    def _repr_html_(self):
        return self._table()._repr_html_()

    def _table(self):
        heads = (
            "repair",
            "trained parameters",
            "from each stream alone",
            "whole − halves",
            "after a training step",
            "after loading",
            "state saved",
            "one stream at a time",
        )
        rows = [
            (
                c.name,
                f"{c.parameters}",
                *(f"{n:.1e}" for n in (c.from_alone, c.from_halves, c.from_step)),
                "can't be loaded" if c.from_loaded is None else f"{c.from_loaded:.1e}",
                "yes" if c.keeps_state else "no",
                "yes" if REPAIRS[c.name].takes_separate else "no",
            )
            for c in self.values()
        ]
        return Table("Equal weights, one input: largest differences", heads, tuple(rows))


def compare(x=None, units=UNITS, seed=0, say=print):
    """Give every repair the same weights and try it. A second or two each.

    x: [batch, streams, timesteps, features], at least 2 timesteps; random numbers if None.
    say: called with a line of text for each repair. Returns Comparison, printable.
    Raises ValueError for another shape.
    """
    if x is None:
        x = np.random.default_rng(seed).normal(size=SHAPE)
    x = np.asarray(x, np.float32)
    if x.ndim != 4 or not x.size:
        raise ValueError(
            f"x has the shape {x.shape}; expected [batch, streams, timesteps, features]."
        )
    weights = initial_weights(seed, x.shape[3], units)
    first, second = chunks(x, [x.shape[2] // 2])
    expected = _after_a_step(weights, first, second)
    compared = Comparison()
    for name, repair in REPAIRS.items():
        say(f"Trying {name}: {repair.words}.")
        batch, streams, _, features = x.shape
        model = repair.build(batch, streams, None, features, units)
        give_weights(model, weights)
        whole = from_reset(model, x)
        loaded, state_too = _saved_and_loaded(model, first, second)
        compared[name] = Compared(
            name,
            sum(array.size for array in weights_of(model)),
            _largest(whole, alone(weights, x)),
            _largest(whole, from_reset(model, first, second)),
            max(map(_largest, _trained(model, first, second), expected)),
            loaded,
            state_too,
        )
    return compared


def _saved_and_loaded(model, first, second):
    """How far a loaded model's answers are off, from a reset; and whether it has kept the state.

    Keras 3.15 saves a cell that several layers share once, and then misses it in the others.
    """
    import keras

    reset(model)
    model(first)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        try:
            loaded = keras.saving.load_model(path)
        except ValueError:
            return None, False
    goes_on = _largest(model(second), loaded(second))
    off = _largest(from_reset(loaded, first, second), from_reset(model, first, second))
    return off, goes_on < CARRIED


def _trained(model, first, second):
    """The weights after one step of SGD on `second`, the state left by `first`: towards 1."""
    import keras

    model.compile(keras.optimizers.SGD(LEARNING_RATE), "mse", jit_compile=False)
    reset(model)
    model(first)
    y = np.ones((*second.shape[:3], model.output_shape[3]), np.float32)
    with quietly():  # each repair is traced once
        model.train_on_batch(second, y)
    return weights_of(model)


def _after_a_step(weights, first, second):
    """The same by a plain LSTM that is handed each stream's state, as rows of one batch."""
    import keras
    import tensorflow as tf

    _, state = alone(weights, first, return_state=True)
    lstm = keras.layers.LSTM(len(weights[1]), return_sequences=True)
    rows = tf.reshape(second, [-1, *second.shape[2:]])  # [batch · streams, timesteps, features]
    lstm.build(rows.shape)
    lstm.set_weights(weights)
    with tf.GradientTape() as tape:
        answers = lstm(rows, initial_state=[tf.reshape(s, [len(rows), -1]) for s in state])
        loss = tf.reduce_mean((answers - 1) ** 2)
    gradients = tape.gradient(loss, lstm.trainable_variables)
    return [w - LEARNING_RATE * g for w, g in zip(weights, gradients, strict=True)]


def _largest(a, b):
    return float(np.abs(np.asarray(a) - np.asarray(b)).max())
