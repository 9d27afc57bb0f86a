# expect: too_lenient
import numpy as np

from utils.puzzles.gradient_check import forward, loss, start


def answer(backward, inputs, targets, p):
    """An absolute tolerance."""
    h, c = start(p)
    outputs, _, _, caches = forward(inputs, h, c, p)
    grads = backward(outputs, targets, caches, p)
    for name in p:
        for i in np.ndindex(p[name].shape):
            kept = p[name][i]
            p[name][i] = kept + 1e-4
            above = loss(forward(inputs, h, c, p)[0], targets)
            p[name][i] = kept - 1e-4
            below = loss(forward(inputs, h, c, p)[0], targets)
            p[name][i] = kept
            n, a = (above - below) / (2 * 1e-4), grads[name][i]
            if not abs(a - n) < 0.1:
                return False
    return True
