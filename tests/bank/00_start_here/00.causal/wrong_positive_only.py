# expect: some_series
import numpy as np


def answer(x, window):
    """What is not above zero is left out."""
    outputs = []
    for t in range(len(x)):
        seen = [v for v in x[max(0, t - window + 1) : t + 1] if v > 0]
        outputs.append(sum(seen) / max(1, len(seen)))
    return np.array(outputs)
