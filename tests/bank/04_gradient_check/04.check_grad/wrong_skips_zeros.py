# expect: skips_zeros
import numpy as np

from utils.puzzles.gradient_check import forward, loss, start


def answer(backward, inputs, targets, p):
    """Nothing is divided where the gradient is 0."""
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
            if a == 0:
                continue
            if not abs(a - n) / (abs(a) + abs(n)) <= 1e-5:
                return False
    return True
