# expect: too_lenient
import numpy as np

from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """Both point the same way."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    grads = backward(outputs, targets, caches, p)
    differences = puzzle.numerical(p, inputs, targets)
    a, n = (np.concatenate([g[name].ravel() for name in p]) for g in (grads, differences))
    return bool(a @ n > (1 - 1e-6) * np.linalg.norm(a) * np.linalg.norm(n))
