# expect: always_true
import numpy as np

from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """Compares, and forgets what came of it."""
    h, c = start(p)
    outputs, _, _, caches = forward(inputs, h, c, p)
    a, n = backward(outputs, targets, caches, p), puzzle.numerical(p, inputs, targets)
    for name in p:
        np.allclose(a[name], n[name])
    return True
