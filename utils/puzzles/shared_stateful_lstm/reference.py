"""What the streams should answer, and what they do answer when they share a state: in NumPy.

weights: kernel [features, 4·units], recurrent kernel [units, 4·units] and bias [4·units], as Keras
orders them. A state is the pair h, c.
"""

from itertools import pairwise

import numpy as np

from utils.training.many import generator, lstm_weights
from utils.training.recurrent import lstm_in_numpy


def initial_weights(seed, features=4, units=3):
    """The three arrays of an LSTM layer as Keras draws them, from `seed` alone; float32."""
    return [w.astype(np.float32) for w in lstm_weights(generator(seed, 1), features, units)]


def alone(weights, x, state=None, return_state=False):
    """Each stream by itself: x [batch, streams, timesteps, features] -> [… timesteps, units].

    state: h, c of every stream, [batch, streams, units] each; zeros if None.
    With return_state, also the state to go on from. Further axes may lead, and numbers are as
    exact as the weights are, float32 or float64. Raises ValueError for other shapes.
    """
    by_time = np.moveaxis(_checked(weights, x), -2, 0)  # [timesteps, batch, streams, features]
    outputs, state = lstm_in_numpy(*weights, by_time, state)
    outputs = np.moveaxis(outputs, 0, -2)  # [batch, streams, timesteps, units]
    return (outputs, state) if return_state else outputs


def chained(weights, x, order=None, cuts=(), state=None, return_state=False):
    """All streams from one state: each goes on from where the one before it has ended.

    x: [batch, streams, timesteps, features] -> [batch, streams, timesteps, units].
    order: the streams in the order in which they run; 0, 1, 2, … if None.
    cuts: timesteps before which x is cut into chunks, which are answered one after the other.
    state: h, c before the first of them, [batch, units] each; zeros if None.
    With return_state, also the state to go on from. Further axes may lead, and numbers are as
    exact as the weights are, float32 or float64. Raises ValueError for other shapes and orders.
    """
    x = _checked(weights, x)
    *rows, streams, timesteps, _ = x.shape
    order = tuple(range(streams) if order is None else order)
    if sorted(order) != list(range(streams)):
        raise ValueError(
            f"order is {order!r}; expected each of the streams 0 to {streams - 1} once."
        )
    places = heard(order, timesteps, cuts)
    by_time = np.moveaxis(x[..., *places, :], -2, 0)  # [streams · timesteps, batch, features]
    hidden, state = lstm_in_numpy(*weights, by_time, state)
    outputs = np.empty((*rows, streams, timesteps, hidden.shape[-1]), hidden.dtype)
    outputs[..., *places, :] = np.moveaxis(hidden, 0, -2)
    return (outputs, state) if return_state else outputs


def heard(order, timesteps, cuts=()):
    """The one long sequence that a shared layer hears: streams [n] and timesteps [n], as indices.

    order and cuts as for `chained`. Raises ValueError if a chunk is empty.
    """
    places = [
        (stream, step)
        for begin, end in spans(timesteps, cuts)
        for stream in order
        for step in range(begin, end)
    ]
    return tuple(np.transpose(places))


def spans(timesteps, cuts):
    """Where each chunk begins and ends, as pairs. Raises ValueError if a chunk is empty."""
    ends = list(pairwise([0, *cuts, timesteps]))
    if any(end <= begin for begin, end in ends):
        raise ValueError(
            f"cuts are {tuple(cuts)}; expected rising numbers between 0 and {timesteps}, the "
            "number of timesteps, so that no chunk is empty."
        )
    return ends


def _checked(weights, x):
    kernel = np.asarray(weights[0])
    x = np.asarray(x, kernel.dtype)
    if x.ndim < 4 or x.shape[-1] != len(kernel) or not x.size:
        raise ValueError(
            f"x has the shape {x.shape}; expected [batch, streams, timesteps, {len(kernel)} "
            "features] for these weights, and none of them 0."
        )
    return x
