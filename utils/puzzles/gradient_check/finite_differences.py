"""The gradient from values of the loss alone, for all parameters at once or an element at a time.

At once, all the LSTMs that have one parameter moved are one batch. They share their weights, and
its move costs each of them one addition a step. Arguments are as in `fused`.
"""

from functools import partial

import numpy as np

from .fused import as_in, by_name, fused, state, states
from .program import DELTA, forward, loss

SUMS = 48_000  # of all the gates of a batch at a time step, at most: they stay in the cache
ONE_THREAD = 262_144  # multiplications up to which OpenBLAS multiplies matrices in one thread
ONE_THREAD_OF_VECTOR = 9_000  # and a matrix with a vector; its interface/gemm.c and gemv.c
TINY = 1e-30  # the complex step: far below round-off


def numerical(p, inputs, targets, h=None, c=None, delta=DELTA):
    """The central differences of the loss in every parameter, a dict like p.

    The runs are started from h, c; from zeros if None. ValueError if only one of them is given.
    """
    many = numerical_many(p, inputs, targets, h, c, [delta])
    return {name: values[0] for name, values in many.items()}


def numerical_many(p, inputs, targets, h=None, c=None, deltas=(DELTA,)):
    """`numerical` for several deltas: a dict of arrays [deltas, …]."""
    data = as_in(p, inputs), as_in(p, targets), *state(p, h, c)
    deltas, (gates, out) = as_in(p, deltas), _weights(p)
    by_gate = _quotients(_losses(gates, out, *data, _moves(gates, deltas)), deltas)
    by_out = _quotients(_losses_of_output(p, out, *data, _moves(out, deltas)), deltas)
    return _as_parameters(by_gate, by_out)


def complex_step(p, inputs, targets, h=None, c=None):
    """The gradient by the complex step, loss(p + iε) / ε, exact to round-off: a dict like p.

    After Squire and Trapp, "Using Complex Variables to Estimate Derivatives of Real Functions"
    (1998). Computed in complex128.
    """
    p = {name: values.astype(complex) for name, values in p.items()}
    data = as_in(p, inputs), as_in(p, targets), *state(p, h, c)
    gates, out = _weights(p)
    by_gate = _losses(gates, out, *data, np.full(gates.shape, 1j * TINY))
    by_out = _losses_of_output(p, out, *data, np.full(out.shape, 1j * TINY))
    return _as_parameters(by_gate.imag / TINY, by_out.imag / TINY)


def numerical_in_a_loop(p, inputs, targets, h=None, c=None, delta=DELTA, loss=loss):
    """`numerical` by the program, an element of p at a time, as the question does it.

    loss: another function of outputs and targets.
    """
    inputs, targets, delta = as_in(p, inputs), as_in(p, targets), as_in(p, delta)
    h, c = state(p, h, c)

    def difference(moved, k, values, old):
        values.flat[k] = old + delta
        plus = loss(forward(inputs, h, c, moved)[0], targets)
        values.flat[k] = old - delta
        return (plus - loss(forward(inputs, h, c, moved)[0], targets)) / (2 * delta)

    return _one_at_a_time(p, difference, p["by"].dtype)


def complex_step_in_a_loop(p, inputs, targets, h=None, c=None):
    """`complex_step` by the program, an element of p at a time."""
    h, c = state(p, h, c)

    def part(moved, k, values, old):
        values.flat[k] = old + 1j * TINY
        return loss(forward(inputs, h, c, moved)[0], targets).imag / TINY

    return _one_at_a_time({name: values.astype(complex) for name, values in p.items()}, part, float)


def _one_at_a_time(p, measure, dtype):
    """What `measure` finds for each element of a copy of p, put back after it."""
    moved = {name: values.copy() for name, values in p.items()}
    found = {name: np.empty(values.shape, dtype) for name, values in p.items()}
    for name, values in moved.items():
        for k, old in enumerate(p[name].flat):
            found[name].flat[k] = measure(moved, k, values, old)
            values.flat[k] = old
    return found


# All at once. The weights of the gates are [units + 2, 4 units], those of the output [units + 1]


def _weights(p):
    return fused(p), np.concatenate([p["Wy"][:, 0], p["by"]])


def _as_parameters(by_gate, by_out):
    return by_name(by_gate) | {"Wy": by_out[..., :-1, np.newaxis], "by": by_out[..., -1:]}


def _moves(weights, deltas):
    """By how much weights + delta and weights − delta move them once rounded: [deltas, 2, …]."""
    steps = np.multiply.outer(deltas, np.array([1, -1], weights.dtype))
    return (weights + steps.reshape(*steps.shape, *[1] * weights.ndim)) - weights


def _quotients(losses, deltas):
    """Central differences from losses [deltas, 2, …]: [deltas, …]."""
    return (losses[:, 0] - losses[:, 1]) / (2 * deltas).reshape(-1, *[1] * (losses.ndim - 2))


def _losses_of_output(p, out, inputs, targets, h, c, moves):
    """The losses with one weight of the output moved, shaped like moves, [..., units + 1].

    The output moves no state, so that all of them share one run.
    """
    hs, _ = states(p, inputs, h, c)
    heard = np.concatenate([hs[1:], np.ones_like(inputs)], axis=1)  # [T, units + 1]
    errors = heard @ out - targets[:, 0] + moves[..., np.newaxis] * heard.T
    return (errors**2).sum(axis=-1)


def _losses(gates, out, inputs, targets, h, c, moves):
    """The losses with one weight of a gate moved, shaped like moves, [..., *gates.shape]."""
    amounts, batch = moves.ravel(), max(1, SUMS // gates.shape[1])
    weights = np.arange(moves.size) % gates.size  # which one is moved
    parts = [slice(k, k + batch) for k in range(0, moves.size, batch)]
    run = partial(_losses_of_batch, gates, out, inputs, targets, h, c)
    return np.concatenate([run(amounts[k], weights[k]) for k in parts]).reshape(moves.shape)


def _losses_of_batch(gates, out, inputs, targets, h, c, amounts, moved):
    """The losses of a batch of LSTMs, [count], each with the weight `moved` moved by its amount.

    An LSTM is a column. Its moved weight adds to one sum of one gate the amount times what that
    weight hears: a rank-one correction of the product for all. The columns are cut in pieces, so
    that no product is large enough for the linear algebra library to wake its threads: here they
    gain nothing, and on a busy machine they wait for each other.
    """
    units, count, kernel = len(h), len(amounts), np.ascontiguousarray(gates.T)
    cost = 8 if np.iscomplexobj(gates) else 1  # of a multiplication
    widest = min(ONE_THREAD // (cost * gates.size), ONE_THREAD_OF_VECTOR // (cost * len(out)))
    pieces = -(-count // max(1, widest))
    width = -(-count // pieces)  # the last piece may have columns without a use
    heard = np.ones((pieces, units + 2, width), gates.dtype)  # x, h and 1
    heard[:, 1:-1] = h[:, np.newaxis]
    c = np.tile(c[:, np.newaxis], (pieces, 1, width))
    z, total = np.empty((pieces, 4 * units, width), gates.dtype), np.zeros_like(heard[:, 0])
    f, i, o, g = (z[:, k * units : (k + 1) * units] for k in range(4))
    piece, column = np.divmod(np.arange(count), width)
    hears, feeds = np.divmod(moved, gates.shape[1])
    hears = np.ravel_multi_index((piece, hears, column), heard.shape)
    feeds = np.ravel_multi_index((piece, feeds, column), z.shape)
    for x, target in zip(inputs, targets, strict=True):
        heard[:, 0] = x
        np.matmul(kernel, heard, out=z)
        z.ravel()[feeds] += amounts * heard.ravel()[hears]
        _sigmoid_in_place(z[:, : 3 * units])
        np.tanh(g, out=g)
        c *= f
        c += i * g
        np.multiply(o, np.tanh(c), out=heard[:, 1:-1])
        total += (out @ heard[:, 1:] - target) ** 2
    return total.ravel()[:count]


def _sigmoid_in_place(z):
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    np.reciprocal(z, out=z)
