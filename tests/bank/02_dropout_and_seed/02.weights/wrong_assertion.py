# expect: raised
import numpy as np


def answer(a, b):
    """A test instead of an answer."""
    for v, w in zip(a.get_weights(), b.get_weights()):
        np.testing.assert_array_equal(v, w)
    return True
