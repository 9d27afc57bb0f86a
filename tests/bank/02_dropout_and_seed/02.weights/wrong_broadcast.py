# expect: broadcast
import numpy as np


def answer(a, b):
    """`==` stretches; where it cannot, the answer says False."""
    ours, theirs = a.get_weights(), b.get_weights()
    if len(ours) != len(theirs):
        return False
    try:
        return all(bool(np.all(v == w)) for v, w in zip(ours, theirs))
    except ValueError:
        return False
