"""How far two gradients are apart. Gradients are dicts of arrays with the same names."""

import numpy as np


def relative_errors(a, n):
    """|a − n| / (|a| + |n|) of each parameter, a dict; 0 where both are 0."""
    return {name: relative(np.asarray(a[name]), np.asarray(n[name])) for name in a}


def norm_error(a, n):
    """‖a − n‖ / (‖a‖ + ‖n‖) over all parameters, a number; 0 where both are 0."""
    a, n = (np.concatenate([np.ravel(g[name]) for name in a], dtype=np.float64) for g in (a, n))
    size = np.linalg.norm(a) + np.linalg.norm(n)
    return float(np.linalg.norm(a - n) / size) if size else 0.0


def share_failing(a, n, tolerance):
    """The share of the parameters, 0 to 1, whose relative error is above the tolerance or NaN."""
    errors = np.concatenate([errors.ravel() for errors in relative_errors(a, n).values()])
    return float(np.mean(~(errors <= tolerance)))


def relative(a, n, denominator="|a| + |n|"):
    """The errors of arrays relative to one of DENOMINATORS; 0 where a and n are equal."""
    apart, size = np.abs(a - n), DENOMINATORS[denominator](a, n)
    with np.errstate(divide="ignore"):
        return np.divide(apart, size, out=np.zeros_like(size), where=apart != 0)  # NaN stays NaN


DENOMINATORS = {
    "|a + n|": lambda a, n: np.abs(a + n),  # the question's
    "|a| + |n|": lambda a, n: np.abs(a) + np.abs(n),
}
