# expect: some_series
import numpy as np


def answer(x, window):
    """A zero is taken for missing."""
    outputs = []
    for t in range(len(x)):
        seen = [v for v in x[max(0, t - window + 1) : t + 1] if v]
        outputs.append(sum(seen) / max(1, len(seen)))
    return np.array(outputs)
