# expect: borrowed
import numpy as np

from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """Compares with the backward pass that is known to be right."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    a, n = (way(outputs, targets, caches, p) for way in (backward, puzzle.backward))
    return all(np.allclose(a[name], n[name], rtol=1e-6, atol=0) for name in p)
