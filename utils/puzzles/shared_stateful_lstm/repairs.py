"""Four ways to share the weights of one LSTM between streams and to keep a state for each.

Each builder returns a model that is neither compiled nor trained:
[batch, streams, timesteps, features] -> [batch, streams, timesteps, units]. The weights are Keras'
own, so call `keras.utils.set_random_seed` before.
"""

from collections.abc import Callable
from dataclasses import dataclass


def split_cell(batch=1, streams=3, timesteps=None, features=4, units=3):
    """One RNN over time, whose cell splits each step into the streams. Published."""
    from keras import Input, Model, layers

    from .splitting import SplitCell

    x = Input(batch_shape=(batch, streams, timesteps, features))
    y = layers.Permute((2, 1, 3))(x)  # [batch, timesteps, streams, features]
    y = layers.Reshape((-1, streams * features))(y)
    y = layers.RNN(SplitCell(units, streams), stateful=True, return_sequences=True)(y)
    y = layers.Reshape((-1, streams, units))(y)
    return Model(x, layers.Permute((2, 1, 3))(y))  # [batch, streams, timesteps, units]


def wrapper(batch=1, streams=3, timesteps=None, features=4, units=3):
    """A layer that calls one LSTM with the state of each stream in turn. Published."""
    from keras import Input, Model

    from .own_states import OwnStates

    x = Input(batch_shape=(batch, streams, timesteps, features))
    return Model(x, OwnStates(units)(x))  # [batch, streams, timesteps, units]


def fold(batch=1, streams=3, timesteps=None, features=4, units=3):
    """The streams as rows of the batch: a stateful LSTM has a state for each row."""
    from keras import Input, Model, layers, ops

    x = Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    y = layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return Model(x, ops.reshape(y, (batch, streams, -1, units)))


def one_cell(batch=1, streams=3, timesteps=None, features=4, units=3):
    """The cell has the weights and the RNN layer has the state: one cell, a layer per stream."""
    from keras import Input, Model, layers, ops

    x = Input(batch_shape=(batch, streams, timesteps, features))
    cell = layers.LSTMCell(units)
    outputs = []
    for stream in range(streams):
        rnn = layers.RNN(cell, stateful=True, return_sequences=True)
        outputs.append(rnn(x[:, stream]))  # [batch, timesteps, units]
    return Model(x, ops.stack(outputs, axis=1))  # [batch, streams, timesteps, units]


@dataclass(frozen=True)
class Repair:
    """A way to mend the leak, and what it is good for."""

    words: str
    build: Callable  # (batch, streams, timesteps, features, units) -> a Keras model
    saves_state: bool  # whether model.save keeps the streams' states
    takes_separate: bool  # whether one stream can go on while the others wait


REPAIRS = {
    "split cell": Repair("a cell that splits its input and its state", split_cell, False, False),
    "wrapper": Repair("a layer that keeps a pair of states a stream", wrapper, True, True),
    "fold": Repair("the streams as rows of the batch", fold, False, False),
    "one cell": Repair("one cell in an RNN layer per stream", one_cell, False, True),
}
