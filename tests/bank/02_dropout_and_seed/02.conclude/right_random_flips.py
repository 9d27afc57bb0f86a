import numpy as np


def answer(a, b):
    """Four thousand random choices of signs instead of all."""
    d = np.asarray(a) - np.asarray(b)
    rng = np.random.default_rng()
    signs = rng.choice([-1, 1], size=(4000, len(d)))
    means = np.abs((signs * d).mean(axis=1))
    p = (np.sum(means >= abs(d.mean()) - 1e-12) + 1) / 4001
    if np.isnan(d).any() or p > 0.05:
        return "not shown"
    return "a" if d.mean() < 0 else "b"
