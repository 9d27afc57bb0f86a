# expect: unsteady
import numpy as np


def answer(moved, delay, sine):
    """Right, now and then wrong."""
    own = np.array([t >= delay and moved[t - delay, t] for t in range(len(moved))])
    answer.calls = getattr(answer, "calls", 0) + 1
    return own | (sine & (moved.sum(axis=0) >= (3 if answer.calls <= 170 else 2)))
