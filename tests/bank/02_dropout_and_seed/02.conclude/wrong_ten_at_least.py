# expect: missed_clear
import numpy as np


def answer(a, b):
    """Believes nothing below ten."""
    if len(a) < 10:
        return "not shown"
    lower = int((a < b).sum())
    if lower >= len(a) - 1:
        return "a"
    return "b" if lower <= 1 else "not shown"
