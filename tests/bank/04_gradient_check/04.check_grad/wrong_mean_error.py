# expect: too_lenient
import numpy as np

from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """The mean of all relative errors."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    a, n = backward(outputs, targets, caches, p), puzzle.numerical(p, inputs, targets)
    errors = puzzle.relative_errors(a, n)
    return bool(np.concatenate([one.ravel() for one in errors.values()]).mean() < 2e-2)
