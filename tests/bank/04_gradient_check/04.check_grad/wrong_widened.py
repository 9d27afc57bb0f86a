# expect: covered_up
from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """The wrong start is left, and the tolerance wide enough for it."""
    h, c = start(p)
    outputs, h, c, caches = forward(inputs, h, c, p)
    a = backward(outputs, targets, caches, p)
    n = puzzle.numerical(p, inputs, targets, h, c)
    return puzzle.norm_error(a, n) < 0.3
