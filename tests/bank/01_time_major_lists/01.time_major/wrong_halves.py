# expect: cut_short
import numpy as np


def answer(model, x):
    """Two halves of the time, each from a zero state."""
    turned, half = x.swapaxes(0, 1), (len(x) + 1) // 2
    parts = [np.asarray(model(part)) for part in (turned[:, :half], turned[:, half:])]
    return np.concatenate(parts, axis=1).swapaxes(0, 1)
