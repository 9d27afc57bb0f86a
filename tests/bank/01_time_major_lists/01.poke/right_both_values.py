import numpy as np


def answer(model, stream, i):
    """Asks for both values of the bit and never for the stream as it is."""
    zero, one = np.array(stream), np.array(stream)
    zero[i], one[i] = 0, 1
    moved = np.ptp([model(zero), model(one)], axis=0).max(axis=1) > 0
    return dict.fromkeys(np.arange(len(stream))[moved]).keys()
