# expect: weak
import numpy as np


def answer(a, b):
    """Two standard deviations of single runs, whatever n is."""
    spread = 2 * max(a.std(ddof=1), b.std(ddof=1))
    if len(a) < 4 or abs(a.mean() - b.mean()) < spread:
        return "not shown"
    return "a" if a.mean() < b.mean() else "b"
