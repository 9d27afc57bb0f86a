import math

import numpy as np


def two_sided(t, df):
    """P(|T| > t) by the trapezium rule."""
    x = np.linspace(0, abs(t), 4001)
    norm = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    y = norm * (1 + x**2 / df) ** (-(df + 1) / 2)
    return 1 - 2 * float(np.sum((y[1:] + y[:-1]) / 2 * np.diff(x)))


def answer(a, b):
    """Welch's t-test, which does not use the pairs."""
    n, (va, vb) = len(a), (np.var(a, ddof=1) / len(a), np.var(b, ddof=1) / len(b))
    if not np.isfinite(va + vb) or va + vb == 0:
        return "not shown"
    difference = np.mean(a) - np.mean(b)
    df = (va + vb) ** 2 / ((va**2 + vb**2) / (n - 1))
    if two_sided(difference / math.sqrt(va + vb), df) < 0.05:
        return "a" if difference < 0 else "b"
    return "not shown"
