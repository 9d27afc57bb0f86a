# expect: unanswered
import numpy as np


def answer(model, stream, i):
    """The outputs that move when input i is changed."""
    return ...
