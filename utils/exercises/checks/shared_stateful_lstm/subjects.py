"""The models that 05.probe is asked about: streams of known manners, and who hears whom in them.

Most are a leaky sum over time, h[t] = keep · h[t − 1] + x[t] · kernel, which is as stateful as an
LSTM and a tenth of the work. Keras is imported inside.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


@dataclass(frozen=True)
class Subject:
    """A model of known manners. Entry [j, i] of its matrices: does stream i hear stream j?"""

    name: str
    words: str  # completes "In …"
    why: str  # completes "… there: "
    make: Callable  # () -> the model
    same: np.ndarray  # [streams, streams] bool: in the chunk itself
    following: np.ndarray  # [streams, streams] bool: in the next chunk
    batch: int = 2
    timesteps: int = 4
    zeros: bool = False  # whether x is zero everywhere
    stateful: bool = True

    @property
    def heard(self):
        return self.same | self.following

    def x(self):
        """One chunk, [batch, streams, timesteps, features]."""
        shape = self.batch, len(self.same), self.timesteps, FEATURES
        drawn = np.random.default_rng(len(self.name)).normal(size=shape).astype(np.float32)
        return drawn * (not self.zeros)


FEATURES, UNITS = 3, 2


def subjects():
    """All of them, each to be made when it is asked about."""
    own, every = np.eye(3, dtype=bool), np.ones((3, 3), bool)
    onward = np.roll(own, 1, axis=1)  # stream 1 hears stream 0, and so on around
    nobody = np.zeros((3, 3), bool)
    to_last = np.zeros((3, 3), bool)
    to_last[0, 2] = True
    return [
        Subject(
            "fold",
            "a mended model, streams folded into the batch",
            "each row has a state of its own",
            lambda: puzzle.fold(2, 3, None, FEATURES, UNITS),
            own,
            own,
        ),
        Subject(
            "question",
            "the question's model",
            "its streams run one after the other, the last one first, and the next chunk begins "
            "where all of them have ended",
            lambda: puzzle.question_model(2, 3, None, FEATURES, UNITS),
            np.tril(every),
            every,
        ),
        Subject(
            "own",
            "a model with a state for each stream",
            "nobody writes into another's state",
            lambda: _model(_own, 2, 3),
            own,
            own,
        ),
        Subject(
            "stateless",
            "a model without any state",
            "a call leaves nothing behind",
            lambda: _model(_no_state, 2, 3),
            own,
            nobody,
            stateful=False,
        ),
        Subject(
            "zeros",
            "a loop that runs its streams through one state, on a chunk of zeros",
            "each begins where the one before it has ended, whatever the chunk holds",
            lambda: _model(_chained, 2, 3),
            np.triu(every),
            every,
            zeros=True,
        ),
        Subject(
            "faint",
            "a loop whose outputs are small numbers",
            "the numbers are small, and so are the changes",
            lambda: _model(_chained, 2, 3, scale=1e-3),
            np.triu(every),
            every,
        ),
        Subject(
            "long",
            "a loop over two streams with a long chunk",
            "a stream hears how the one before it has ended, in its first steps, and has forgotten "
            "it by its last",
            lambda: _model(_chained, 1, 2, keep=0.4),
            np.triu(np.ones((2, 2), bool)),
            np.array([[False, False], [True, False]]),
            batch=1,
            timesteps=40,
        ),
        Subject(
            "now",
            "a model in which each stream reads its neighbour's last feature",
            "that one number of a step goes into two streams; their states are their own",
            lambda: _model(_reads_along, 2, 3),
            own | onward,
            own,
        ),
        Subject(
            "later",
            "a model that hands each state to the next stream at the end of a call",
            "in the chunk itself nothing shows, and each begins the next one with another's state",
            lambda: _model(_hands_on, 3, 3),
            own,
            onward,
            batch=3,
        ),
        Subject(
            "one way",
            "a model in which stream 2 begins its next chunk with a part of stream 0's state",
            "it goes one way, and from one chunk to the next",
            lambda: _model(_one_way, 2, 3),
            own,
            own | to_last,
        ),
        Subject(
            "turned",
            "a model that returns the streams in another order",
            "the output of stream i is made from the input of another stream, and not from its own",
            lambda: _model(_turned, 2, 3),
            onward,
            onward,
        ),
        Subject(
            "rows",
            "a model that mixes the rows of its batch, and not the streams",
            "rows are no streams: what one row of a stream hears of another row is the same stream",
            lambda: _model(_rows, 3, 3),
            own,
            own,
            batch=3,
        ),
    ]


def _model(manner, batch, streams, keep=0.9, scale=1.0):
    """A Keras model of one layer.

    manner(layer, x, run) -> h of every step, [batch, streams, timesteps, units], and the layer's
    new state, [batch, streams, units].
    """
    import keras
    from keras import ops

    class Streams(keras.layers.Layer):
        def build(self, shape):
            drawn = np.random.default_rng(streams).normal(size=(FEATURES, UNITS))
            start = keras.initializers.Constant(drawn)
            self.kernel = self.add_weight((FEATURES, UNITS), start)
            shape = batch, streams, UNITS
            self.state = self.add_weight(shape, "zeros", trainable=False)

        def call(self, x):
            def run(x, h):
                """x [..., timesteps, units] summed up from h [..., units] on."""
                t = ops.arange(ops.shape(x)[-2], dtype="float32")
                ages = t[:, None] - t
                shares = ops.where(ages < 0, 0.0, keep ** ops.maximum(ages, 0.0))
                begun = keep ** (t[:, None] + 1) * ops.expand_dims(h, -2)
                return ops.matmul(shares, x) + begun

            h, state = manner(self, x, run)
            self.state.assign(state)
            return scale * ops.tanh(h / 3)

        def compute_output_shape(self, shape):
            return *shape[:-1], UNITS

        def reset_state(self):
            self.state.assign(ops.zeros_like(self.state))

    x = keras.Input(batch_shape=(batch, streams, None, FEATURES))
    return keras.Model(x, Streams()(x))


def _own(layer, x, run):
    h = run(x @ layer.kernel, layer.state)
    return h, h[:, :, -1]


def _no_state(layer, x, run):
    return run(x @ layer.kernel, 0 * layer.state), 0 * layer.state


def _chained(layer, x, run):
    from keras import ops

    state, outputs = layer.state[:, 0], []
    for stream in range(x.shape[1]):
        h = run(x[:, stream] @ layer.kernel, state)
        state = h[:, -1]
        outputs.append(h)
    return ops.stack(outputs, axis=1), ops.stack([state] * x.shape[1], axis=1)


def _reads_along(layer, x, run):
    from keras import ops

    neighbours = ops.roll(x[..., -1:], 1, axis=1)
    h = run(x @ layer.kernel, layer.state)
    return h + neighbours, h[:, :, -1]


def _hands_on(layer, x, run):
    from keras import ops

    h, state = _own(layer, x, run)
    return h, ops.roll(state, 1, axis=1)


def _one_way(layer, x, run):
    from keras import ops

    h, state = _own(layer, x, run)
    return h, ops.stack([state[:, 0], state[:, 1], state[:, 2] + 0.3 * state[:, 0]], axis=1)


def _turned(layer, x, run):
    from keras import ops

    return _own(layer, ops.roll(x, 1, axis=1), run)


def _rows(layer, x, run):
    from keras import ops

    h, state = _own(layer, x, run)
    return h + ops.roll(h, 1, axis=0), ops.roll(state, 1, axis=0)
