"""The gradients of the program four ways, and how far they are apart; the first two are quick.

`gradients` is the backward pass with its gates fused. `numerical` takes the central differences of
all parameters at once: a batch of LSTMs that share their weights, each with one parameter moved,
which costs it one addition a step. A dict is like the program's parameters p. T is the number of
timesteps; inputs and targets are [T, 1], and are taken in p's dtype.
"""

import numpy as np

from .program import DELTA, forward, loss, sigmoid, start

GATES = "fioc"  # their order where they are fused: the sigmoids first
ROWS = 1200  # LSTMs in a batch at most: with 5 units their arrays stay in the cache
TINY = 1e-30  # the complex step: far below round-off


def final_state(p, inputs):
    """The state after the last step, h and c [units], started from zeros."""
    _, hs, cs = _run(p, _like(p, inputs), *start(p))
    return hs[-1], cs[-1]


def gradients(p, inputs, targets, h=None, c=None):
    """The analytic gradient of the loss, started from the state h, c [units]; zeros if None."""
    inputs, targets = _like(p, inputs), _like(p, targets)
    gates, hs, cs = _run(p, inputs, *_state(p, h, c))
    f, i, o, g = np.split(gates, 4, axis=1)  # [T, units] each
    tanh_c = np.tanh(cs[1:])
    slopes = [cs[:-1] * f * (1 - f), g * i * (1 - i), tanh_c * o * (1 - o), i * (1 - g**2)]
    slopes, slope_of_h = np.concatenate(slopes, axis=1), o * (1 - tanh_c**2)
    dy = 2 * (hs[1:] @ p["Wy"] + p["by"] - targets)  # [T, 1]
    dhs = dy @ p["Wy"].T  # [T, units]
    back = _fused(p)[1:-1]  # [units, 4 units]
    dz, (dh, dc) = np.empty_like(gates), start(p)
    for t in reversed(range(len(inputs))):
        dh = dh + dhs[t]
        dc = dc + dh * slope_of_h[t]
        dz[t] = np.concatenate([dc, dc, dh, dc]) * slopes[t]
        dh, dc = back @ dz[t], dc * f[t]
    heard = np.concatenate([inputs, hs[:-1], np.ones_like(inputs)], axis=1)  # [T, units + 2]
    return _by_name(heard.T @ dz) | {"Wy": hs[1:].T @ dy, "by": dy.sum(axis=0)}


def numerical(p, inputs, targets, h=None, c=None, delta=DELTA):
    """The central differences of the loss, started from the state h, c [units]; zeros if None."""
    many = numerical_many(p, inputs, targets, h, c, [delta])
    return {name: values[0] for name, values in many.items()}


def numerical_many(p, inputs, targets, h=None, c=None, deltas=(DELTA,)):
    """`numerical` for several deltas: a dict of arrays [deltas, …]."""
    dtype = p["by"].dtype
    inputs, targets, state = _like(p, inputs), _like(p, targets), _state(p, h, c)
    deltas = np.asarray(deltas, dtype)
    fused, out = _fused(p), np.concatenate([p["Wy"][:, 0], p["by"]])
    block = max(1, ROWS // (2 * fused.size))  # deltas that are taken at once
    blocks = [deltas[k : k + block] for k in range(0, len(deltas), block)]
    losses = [_losses(fused, out, inputs, targets, *state, _moves(fused, some)) for some in blocks]
    by_gate = _quotients(np.concatenate(losses), deltas)  # [deltas, units + 2, 4 units]
    _, hs, _ = _run(p, inputs, *state)  # the output moves no state: all these share one run
    heard = np.concatenate([hs[1:], np.ones_like(inputs)], axis=1)  # [T, units + 1]
    moved = _moves(out, deltas)[..., np.newaxis] * heard.T  # [deltas, 2, units + 1, T]
    by_out = (((heard @ out - targets[:, 0]) + moved) ** 2).sum(axis=-1)
    by_out = _quotients(by_out, deltas)  # [deltas, units + 1]
    return _by_name(by_gate) | {"Wy": by_out[:, :-1, np.newaxis], "by": by_out[:, -1:]}


def numerical_in_a_loop(p, inputs, targets, h=None, c=None, delta=DELTA):
    """`numerical` by the program, an element of p at a time, as the question does it."""
    inputs, targets = _like(p, inputs), _like(p, targets)
    h, c = _state(p, h, c)
    moved = {name: values.copy() for name, values in p.items()}
    delta = p["by"].dtype.type(delta)
    differences = {name: np.empty_like(values) for name, values in p.items()}
    for name, values in moved.items():
        for k, old in enumerate(p[name].flat):
            values.flat[k] = old + delta
            plus = loss(forward(inputs, h, c, moved)[0], targets)
            values.flat[k] = old - delta
            minus = loss(forward(inputs, h, c, moved)[0], targets)
            values.flat[k] = old
            differences[name].flat[k] = (plus - minus) / (2 * delta)
    return differences


def complex_step(p, inputs, targets, h=None, c=None):
    """The gradient by the complex step, loss(p + iε) / ε: no difference, so no round-off from one.

    After Squire and Trapp, "Using Complex Variables to Estimate Derivatives of Real Functions"
    (1998). In complex128, an element at a time.
    """
    h, c = _state(p, h, c)
    moved = {name: values.astype(complex) for name, values in p.items()}
    parts = {name: np.empty(values.shape) for name, values in p.items()}
    for name, values in moved.items():
        for k, old in enumerate(p[name].flat):
            values.flat[k] = old + 1j * TINY
            parts[name].flat[k] = loss(forward(inputs, h, c, moved)[0], targets).imag / TINY
            values.flat[k] = old
    return parts


def relative_errors(a, n):
    """|a − n| / (|a| + |n|) of each parameter, a dict; 0 where both are 0."""
    return {name: _relative(np.asarray(a[name]), np.asarray(n[name])) for name in a}


def norm_error(a, n):
    """‖a − n‖ / (‖a‖ + ‖n‖) over all parameters, a number; 0 where both are 0."""
    a, n = (np.concatenate([g[name].ravel() for name in a], dtype=np.float64) for g in (a, n))
    size = np.linalg.norm(a) + np.linalg.norm(n)
    return float(np.linalg.norm(a - n) / size) if size else 0.0


def share_failing(a, n, tolerance):
    """The share of the parameters whose relative error is above the tolerance, or is not a number.

    A number from 0 to 1.
    """
    errors = np.concatenate([e.ravel() for e in relative_errors(a, n).values()])
    return float(np.mean(~(errors <= tolerance)))


def _relative(a, n):
    apart, size = np.abs(a - n), np.abs(a) + np.abs(n)
    return np.divide(apart, size, out=np.zeros_like(size), where=size != 0)  # NaN stays NaN


# A step of all gates at once


def _like(p, values):
    """The values in p's dtype; a complex p keeps real ones."""
    return np.asarray(values, p["by"].real.dtype)


def _state(p, h, c):
    if (h is None) != (c is None):
        raise ValueError("The state has two halves; expected both h and c, or neither.")
    return start(p) if h is None else (_like(p, h), _like(p, c))


def _fused(p):
    """[units + 2, 4 units]: the rows of x, of h and of the bias; the columns of GATES."""
    by_gate = [np.vstack([p["W" + gate], p["b" + gate]]) for gate in GATES]
    return np.concatenate(by_gate, axis=1)


def _by_name(fused):
    """A dict of the W… and b… of an array [..., units + 2, 4 units]."""
    named = {}
    for gate, part in zip(GATES, np.split(fused, 4, axis=-1), strict=True):
        named["W" + gate], named["b" + gate] = part[..., :-1, :], part[..., -1, :]
    return named


def _run(p, inputs, h, c):
    """The gates [T, 4 units], and the states before and after every step, hs and cs [T + 1, units].

    The gates are those of GATES, behind their sigmoid or tanh.
    """
    fused, units = _fused(p), len(h)
    z = inputs @ fused[:1] + fused[-1]  # [T, 4 units]
    hs, cs = (np.empty((len(inputs) + 1, units), z.dtype) for _ in range(2))
    hs[0], cs[0] = h, c
    for t, gates in enumerate(z):  # each is a view of z, and is filled in place
        gates += hs[t] @ fused[1:-1]
        gates[: 3 * units] = sigmoid(gates[: 3 * units])
        gates[3 * units :] = np.tanh(gates[3 * units :])
        f, i, o, g = gates.reshape(4, units)
        cs[t + 1] = f * cs[t] + i * g
        hs[t + 1] = o * np.tanh(cs[t + 1])
    return z, hs, cs


# Many parameters moved at once


def _moves(values, deltas):
    """By how much values + delta and values − delta move them once rounded: [deltas, 2, …]."""
    steps = np.multiply.outer(deltas, np.array([1, -1], values.dtype))
    return (values + steps.reshape(*steps.shape, *[1] * values.ndim)) - values


def _quotients(losses, deltas):
    """Central differences from losses [deltas, 2, …]: [deltas, …]."""
    return (losses[:, 0] - losses[:, 1]) / (2 * deltas).reshape(-1, *[1] * (losses.ndim - 2))


def _losses(fused, out, inputs, targets, h, c, moves):
    """The loss with one element of `fused` moved, for each of the moves [..., *fused.shape].

    An LSTM of the batch is a column here. Its moved weight adds to one sum of one gate what it has
    moved by, times what that weight hears: a rank-one correction of the product for all.
    """
    units, count = len(h), moves.size
    hears, feeds = np.divmod(np.arange(count) % fused.size, fused.shape[1])
    columns = np.arange(count)
    hears, feeds = hears * count + columns, feeds * count + columns  # as flat indices
    heard = np.ones((units + 2, count), fused.dtype)  # x, h and 1
    heard[1:-1] = h[:, np.newaxis]
    c = np.repeat(c[:, np.newaxis], count, axis=1)
    z, total = np.empty((4 * units, count), fused.dtype), np.zeros(count, fused.dtype)
    f, i, o, g = z.reshape(4, units, count)
    kernel, amounts = np.ascontiguousarray(fused.T), moves.ravel()
    for x, target in zip(inputs, targets, strict=True):
        heard[0] = x
        np.matmul(kernel, heard, out=z)
        z.ravel()[feeds] += amounts * heard.ravel()[hears]
        _sigmoid_in_place(z[: 3 * units])
        np.tanh(g, out=g)
        c *= f
        c += i * g
        np.multiply(o, np.tanh(c), out=heard[1:-1])
        total += (out @ heard[1:] - target) ** 2
    return total.reshape(moves.shape)


def _sigmoid_in_place(z):
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    np.reciprocal(z, out=z)
