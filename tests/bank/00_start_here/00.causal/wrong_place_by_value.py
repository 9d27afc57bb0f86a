# expect: some_series
import numpy as np


def answer(x, window):
    """The place of each value is looked up by the value."""
    values = list(x)
    outputs = []
    for v in values:
        t = values.index(v)
        outputs.append(np.mean(values[max(0, t - window + 1) : t + 1]))
    return np.array(outputs)
