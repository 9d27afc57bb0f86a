# expect: too_strict
import numpy as np

from utils.puzzles.gradient_check import forward, loss, start


def answer(backward, inputs, targets, p):
    """The state is mended, the assert is the question's."""
    h, c = start(p)
    outputs, _, _, caches = forward(inputs, h, c, p)
    grads = backward(outputs, targets, caches, p)
    for name in p:
        for i in np.ndindex(p[name].shape):
            kept = p[name][i]
            p[name][i] = kept + 1e-5
            above = loss(forward(inputs, h, c, p)[0], targets)
            p[name][i] = kept - 1e-5
            below = loss(forward(inputs, h, c, p)[0], targets)
            p[name][i] = kept
            n, a = (above - below) / (2 * 1e-5), grads[name][i]
            error = abs(a - n) / abs(a + n)
            if error > 1e-7:
                return False
    return True
