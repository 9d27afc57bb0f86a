# expect: too_lenient
import numpy as np

from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """The gradient's two ends only."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    a, n = backward(outputs, targets, caches, p), puzzle.numerical(p, inputs, targets)
    return all((np.sign(a[name]) == np.sign(n[name])).all() for name in p)
