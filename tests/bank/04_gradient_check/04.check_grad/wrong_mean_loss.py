# expect: scaled
import numpy as np

from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """A mean over time on one side."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    grads = backward(outputs, targets, caches, p)
    for name, values in p.items():
        for k, kept in enumerate(values.flat):
            losses = []
            for value in (kept + 1e-4, kept - 1e-4):
                values.flat[k] = value
                losses.append(np.mean((forward(inputs, *start(p), p)[0] - targets) ** 2))
            values.flat[k] = kept
            n, a = (losses[0] - losses[1]) / 2e-4, grads[name].flat[k]
            if not abs(a - n) <= 1e-5 * (abs(a) + abs(n)):
                return False
    return True
