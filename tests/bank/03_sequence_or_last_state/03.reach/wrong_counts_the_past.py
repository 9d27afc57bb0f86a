# expect: causal_count
import numpy as np


def answer(moved, delay, sine):
    """Counts what came up to now."""
    own = np.array([t >= delay and moved[t - delay, t] for t in range(len(moved))])
    count = np.array([moved[: t + 1, t].sum() for t in range(len(moved))])
    return own | (sine & (count >= 3))
