# expect: refuses_right
import numpy as np

from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """Takes the entries in another order on one side."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    grads = backward(outputs, targets, caches, p)
    n = puzzle.numerical(p, inputs, targets, delta=1e-4)
    return all(np.allclose(grads[name].T.ravel(), n[name].ravel(), rtol=1e-5) for name in p)
