# expect: always_no
import numpy as np


def answer(a, b):
    """By the paths of the weights, which Keras counts up from model to model."""
    ours = {w.path: np.array(w) for w in a.weights}
    theirs = {w.path: np.array(w) for w in b.weights}
    return ours.keys() == theirs.keys() and all(np.array_equal(ours[k], theirs[k]) for k in ours)
