# expect: no_mean
import numpy as np


def answer(x, window):
    """Newer values weigh more."""
    outputs = []
    for t in range(len(x)):
        seen = x[max(0, t - window + 1) : t + 1]
        outputs.append(np.average(seen, weights=np.arange(1, len(seen) + 1)))
    return np.array(outputs)
