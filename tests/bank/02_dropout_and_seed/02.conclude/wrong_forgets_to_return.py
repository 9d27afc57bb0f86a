# expect: returned_none
import numpy as np


def answer(a, b):
    """Nothing for the third case."""
    if (a < b).all() and len(a) > 5:
        return "a"
    if (a > b).all() and len(a) > 5:
        return "b"
