# expect: inverted
import numpy as np

from utils.puzzles.gradient_check import forward, loss, start


def answer(backward, inputs, targets, p):
    """The comparison points the other way."""
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
            if abs(a - n) <= 1e-5 * (abs(a) + abs(n)):
                return False
    return True
