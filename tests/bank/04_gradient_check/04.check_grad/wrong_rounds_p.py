# expect: changed_arguments
from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """Rounds p for good, to make the losses smoother."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    for name in p:
        p[name] = p[name].round(3)
    n, a = puzzle.numerical(p, inputs, targets), backward(outputs, targets, caches, p)
    return puzzle.norm_error(a, n) < 1e-2
