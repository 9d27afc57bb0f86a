import numpy as np


def answer(moved, delay, sine):
    """0.0 and 1.0."""
    own = (moved * np.eye(len(moved), k=delay)).max(axis=0)
    return np.maximum(own, float(sine) * (moved.sum(axis=0) / 3 >= 1))
