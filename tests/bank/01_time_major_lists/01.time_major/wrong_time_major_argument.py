# expect: raised
import numpy as np


def answer(model, x):
    """An argument of another day."""
    return model(x, time_major=True)
