# expect: refused_equal
import numpy as np


def answer(a, b):
    """Also wants the same Dropout rates."""
    rates = [[getattr(one, "rate", None) for one in m.layers] for m in (a, b)]
    ours, theirs = a.get_weights(), b.get_weights()
    same = len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))
    return same and rates[0] == rates[1]
