# expect: hears_future
import numpy as np


def answer(x, window):
    """Mended for odd windows only."""
    ahead = 0 if window % 2 else window // 2
    return np.array(
        [x[max(0, t + ahead - window + 1) : t + ahead + 1].mean() for t in range(len(x))]
    )
