"""The program's passes with the gates fused in one matrix: the same numbers, some times as fast.

p is a dict of parameters as from `program.parameters`. T is the number of timesteps; inputs and
targets are [T, 1], and are taken in p's dtype. Any state may be started from: h and c, [units].
"""

import numpy as np

from .program import sigmoid, start

GATES = "fioc"  # their order in the matrix: the sigmoids first


def states(p, inputs, h=None, c=None):
    """The states before the first step and after each: hs and cs, [T + 1, units] each.

    Started from h, c; from zeros if None. Raises ValueError if only one of them is given.
    """
    _, hs, cs = _run(p, as_in(p, inputs), *state(p, h, c))
    return hs, cs


def final_state(p, inputs):
    """The state after the last step, started from zeros: h and c, [units] each."""
    hs, cs = states(p, inputs)
    return hs[-1], cs[-1]


def gradients(p, inputs, targets, h=None, c=None):
    """The analytic gradient of the loss, a dict like p: what `program.backward` gives.

    The run is started from h, c; from zeros if None. ValueError if only one of them is given.
    """
    inputs, targets = as_in(p, inputs), as_in(p, targets)
    gates, hs, cs = _run(p, inputs, *state(p, h, c))
    f, i, o, g = np.split(gates, 4, axis=1)  # [T, units] each
    tanh_c = np.tanh(cs[1:])
    slopes = [cs[:-1] * f * (1 - f), g * i * (1 - i), tanh_c * o * (1 - o), i * (1 - g**2)]
    slopes, slope_of_h = np.concatenate(slopes, axis=1), o * (1 - tanh_c**2)
    dy = 2 * (hs[1:] @ p["Wy"] + p["by"] - targets)  # [T, 1]
    dhs = dy @ p["Wy"].T  # [T, units]
    back = fused(p)[1:-1]  # [units, 4 units]
    dz, (dh, dc) = np.empty_like(gates), start(p)
    for t in reversed(range(len(inputs))):
        dh = dh + dhs[t]
        dc = dc + dh * slope_of_h[t]
        dz[t] = np.concatenate([dc, dc, dh, dc]) * slopes[t]
        dh, dc = back @ dz[t], dc * f[t]
    heard = np.concatenate([inputs, hs[:-1], np.ones_like(inputs)], axis=1)  # [T, units + 2]
    return by_name(heard.T @ dz) | {"Wy": hs[1:].T @ dy, "by": dy.sum(axis=0)}


def fused(p):
    """[units + 2, 4 units]: the rows of x, of h and of the bias; the columns of GATES."""
    return np.concatenate([np.vstack([p["W" + gate], p["b" + gate]]) for gate in GATES], axis=1)


def by_name(matrices):
    """The W… and b… of matrices like those of `fused`, [..., units + 2, 4 units], as a dict."""
    named = {}
    for gate, part in zip(GATES, np.split(matrices, 4, axis=-1), strict=True):
        named["W" + gate], named["b" + gate] = part[..., :-1, :], part[..., -1, :]
    return named


def as_in(p, values):
    """The values in p's dtype."""
    return np.asarray(values, p["by"].dtype)


def state(p, h, c):
    """The state to start from, in p's dtype: zeros if both are None."""
    if (h is None) != (c is None):
        raise ValueError("The state has two halves; expected both h and c, or neither.")
    return start(p) if h is None else (as_in(p, h), as_in(p, c))


def _run(p, inputs, h, c):
    """The gates behind their sigmoid or tanh, [T, 4 units], and hs and cs as in `states`."""
    weights, units = fused(p), len(h)
    gates = inputs @ weights[:1] + weights[-1]
    hs, cs = (np.empty((len(inputs) + 1, units), gates.dtype) for _ in range(2))
    hs[0], cs[0] = h, c
    for t, z in enumerate(gates):  # z is a view: the gates are filled in place
        z += hs[t] @ weights[1:-1]
        z[: 3 * units] = sigmoid(z[: 3 * units])
        z[3 * units :] = np.tanh(z[3 * units :])
        f, i, o, g = z.reshape(4, units)
        cs[t + 1] = f * cs[t] + i * g
        hs[t + 1] = o * np.tanh(cs[t + 1])
    return gates, hs, cs
