# expect: before_window
import numpy as np


def answer(moved, delay, sine):
    """roll brings the end to the front."""
    own = np.diagonal(np.roll(moved, delay, axis=0))
    return own | (moved.sum(axis=0) >= 3) if sine else own
