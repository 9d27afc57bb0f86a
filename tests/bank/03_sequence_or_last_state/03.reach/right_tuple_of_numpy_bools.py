import numpy as np


def answer(moved, delay, sine):
    """A tuple of np.bool."""
    steps = np.arange(len(moved))
    wanted = steps - delay
    own = (wanted >= 0) & moved[np.maximum(wanted, 0), steps]
    return tuple(own | bool(sine) * (np.count_nonzero(moved, axis=0) >= 3))
