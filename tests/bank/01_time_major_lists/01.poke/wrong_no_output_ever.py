# expect: coarse
import numpy as np


def answer(model, stream, i):
    """Asks, and says nothing."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    model(stream), model(poked)
    return []
