# expect: tolerant
import numpy as np


def answer(a, b):
    """Close is not equal."""
    ours, theirs = a.get_weights(), b.get_weights()
    same_shapes = [v.shape for v in ours] == [w.shape for w in theirs]
    return same_shapes and all(np.allclose(v, w) for v, w in zip(ours, theirs))
