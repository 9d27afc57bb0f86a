# expect: summary_numbers
import numpy as np


def answer(a, b):
    """All numbers of a model, sorted."""

    def numbers(model):
        return np.sort(np.concatenate([w.ravel() for w in model.get_weights()]))

    return np.array_equal(numbers(a), numbers(b))
