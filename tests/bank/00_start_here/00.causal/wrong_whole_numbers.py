# expect: rounded
import numpy as np


def answer(x, window):
    """Degrees without decimals."""
    return [int(x[max(0, t - window + 1) : t + 1].mean()) for t in range(len(x))]
