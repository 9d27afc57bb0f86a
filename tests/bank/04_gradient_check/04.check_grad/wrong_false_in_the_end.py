# expect: refuses_right
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """The last line was never changed."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    grads = backward(outputs, targets, caches, p)
    if set(grads) != set(p):
        return True
    return False
