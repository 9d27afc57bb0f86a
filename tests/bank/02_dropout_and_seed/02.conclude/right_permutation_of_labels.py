import numpy as np


def answer(a, b):
    """Swaps whole pairs at random; lists and strings of NumPy's."""
    both = np.stack([a, b])
    if not np.all(np.isfinite(both)):
        return np.str_("not shown")
    seen = both[0].mean() - both[1].mean()
    rng = np.random.default_rng(1)
    count, rounds = 0, 3000
    swap = rng.random((rounds, both.shape[1])) < 0.5
    first = np.where(swap, both[1], both[0]).mean(axis=1)
    second = np.where(swap, both[0], both[1]).mean(axis=1)
    p = np.mean(np.abs(first - second) >= abs(seen) * (1 - 1e-9))
    return np.str_("not shown" if p > 0.05 else "ab"[int(seen > 0)])
