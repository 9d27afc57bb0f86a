import numpy as np

from utils.puzzles.gradient_check import forward, loss, start


def answer(backward, inputs, targets, p):
    """Divides by the larger of the two, with a floor."""
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
            if np.isnan(a) or abs(a - n) / max(abs(a), abs(n), 1e-12) > 1e-4:
                return False
    return True
