# expect: too_lenient
from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """One norm for everything, and a tolerance in which a block is lost."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    a, n = backward(outputs, targets, caches, p), puzzle.numerical(p, inputs, targets)
    return puzzle.norm_error(a, n) < 2e-3
