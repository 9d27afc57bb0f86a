# expect: summary_numbers
import numpy as np


def answer(a, b):
    """Mean and spread of each array, in double precision."""

    def numbers(model):
        arrays = [w.astype("float64") for w in model.get_weights()]
        return [(w.shape, round(w.mean(), 9), round(w.std(), 9)) for w in arrays]

    return numbers(a) == numbers(b)
