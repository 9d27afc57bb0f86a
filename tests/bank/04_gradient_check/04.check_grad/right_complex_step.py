import numpy as np

from utils.puzzles.gradient_check import forward, loss, start


def answer(backward, inputs, targets, p):
    """No difference at all: the imaginary part of the loss."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    grads = backward(outputs, targets, caches, p)
    for name, values in p.items():
        n = np.zeros(values.shape)
        for i in np.ndindex(values.shape):
            moved = values.astype(complex)
            moved[i] += 1e-20j
            n[i] = loss(forward(inputs, *start(p), p | {name: moved})[0], targets).imag / 1e-20
        if not np.allclose(grads[name], n, rtol=1e-7, atol=1e-12):
            return False
    return True
