# expect: unsteady
import numpy as np

asked = []


def answer(a, b):
    """Right for as many pairs as there are, then tired."""
    asked.append(1)
    ours, theirs = a.get_weights(), b.get_weights()
    same = len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))
    return same if len(asked) <= 25 else not same
