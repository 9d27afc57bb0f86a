# expect: rounded
import numpy as np


def answer(x, window):
    """Rounded as for a display."""
    return np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))]).round(2)
