# expect: changed_model
import numpy as np


def answer(a, b):
    """Copies the one to the other on the way."""
    ours, theirs = a.get_weights(), b.get_weights()
    same = len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))
    if [w.shape for w in ours] == [w.shape for w in theirs]:
        b.set_weights(ours)
    return same
