import numpy as np

from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """Block by block, and a block of zeros is equal to a block of zeros."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    a = backward(outputs, targets, caches, p)
    n = puzzle.numerical(p, inputs, targets, delta=1e-5)
    return all(close(a[name], n[name]) for name in p)


def close(a, n):
    size = np.linalg.norm(a) + np.linalg.norm(n)
    return size == 0 or np.linalg.norm(a - n) / size < 1e-6
