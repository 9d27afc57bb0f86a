# expect: raised
import numpy as np


def answer(model, stream, i):
    """Counts on four classes."""
    poked = stream.copy()
    poked[i] = 1 - poked[i]
    before, after = model(stream), model(poked)
    return [k for k in range(len(stream)) if any(before[k, c] != after[k, c] for c in range(4))]
