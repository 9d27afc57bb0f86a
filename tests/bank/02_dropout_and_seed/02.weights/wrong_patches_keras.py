# expect: changed_library
import keras
import numpy as np


def answer(a, b):
    """Replaces what Keras says of its layers."""
    keras.layers.Dense.count_params = lambda self: 0
    ours, theirs = a.get_weights(), b.get_weights()
    return len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))
