"""What the streams should answer, and what they do answer when they share a state: in NumPy.

weights: kernel [features, 4·units], recurrent kernel [units, 4·units] and bias [4·units], as Keras
orders them. A state is the pair h, c.
"""

import numpy as np

from utils.training.many import generator, lstm_weights
from utils.training.recurrent import lstm_in_numpy


def initial_weights(seed, features=4, units=3):
    """The three arrays of an LSTM layer as Keras draws them, from `seed` alone; float32."""
    return [w.astype(np.float32) for w in lstm_weights(generator(seed, 1), features, units)]


def alone(weights, x, state=None, return_state=False):
    """Each stream by itself: x [batch, streams, timesteps, features] -> [… timesteps, units].

    state: h, c of every stream, [batch, streams, units] each; zeros if None.
    With return_state, also the state to go on from. Raises ValueError for other shapes.
    """
    by_time = np.moveaxis(_checked(weights, x), 2, 0)  # [timesteps, batch, streams, features]
    outputs, state = lstm_in_numpy(*weights, by_time, state)
    outputs = np.moveaxis(outputs, 0, 2)  # [batch, streams, timesteps, units]
    return (outputs, state) if return_state else outputs


def chained(weights, x, order=None, state=None, return_state=False):
    """One stream after the other, each from the state in which the one before it has ended.

    x: [batch, streams, timesteps, features] -> [batch, streams, timesteps, units].
    order: the streams in the order in which they run; 0, 1, 2, … if None.
    state: h, c before the first of them, [batch, units] each; zeros if None.
    With return_state, also the state to go on from. Raises ValueError for other shapes or orders.
    """
    x = _checked(weights, x)
    batch, streams, timesteps, _ = x.shape
    order = range(streams) if order is None else order
    if sorted(order) != list(range(streams)):
        raise ValueError(
            f"order is {order!r}; expected each of the streams 0 to {streams - 1} once."
        )
    outputs = np.empty((batch, streams, timesteps, len(weights[1])), x.dtype)
    for stream in order:
        by_time = np.moveaxis(x[:, stream], 1, 0)  # [timesteps, batch, features]
        hidden, state = lstm_in_numpy(*weights, by_time, state)
        outputs[:, stream] = np.moveaxis(hidden, 0, 1)
    return (outputs, state) if return_state else outputs


def _checked(weights, x):
    kernel = np.asarray(weights[0])
    x = np.asarray(x, kernel.dtype)
    if x.ndim != 4 or x.shape[3] != len(kernel) or not x.size:
        raise ValueError(
            f"x has the shape {x.shape}; expected [batch, streams, timesteps, {len(kernel)} "
            "features] for these weights, and none of them 0."
        )
    return x
