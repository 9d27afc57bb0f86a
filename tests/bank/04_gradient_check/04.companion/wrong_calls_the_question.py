# expect: other_rule
import numpy as np


def answer(make):
    """Compares with the question's own pairs."""
    from utils.puzzles.gradient_check import pairs

    signal = np.random.default_rng(0).permutation(50).astype(float)
    ours, theirs = pairs(signal), make(signal.copy())
    return all(np.array_equal(np.ravel(a), np.ravel(b)) for a, b in zip(ours, theirs))
