import numpy as np


def answer(moved, delay, sine):
    """By set arithmetic."""
    hears = [set(np.flatnonzero(column)) for column in moved.T]
    return [bool(h & {t - delay}) or (bool(sine) and len(h) > 2) for t, h in enumerate(hears)]
