# expect: returned_none
import numpy as np


def answer(a, b):
    """Shows, and returns nothing."""
    print(all(map(np.array_equal, a.get_weights(), b.get_weights())))
