import numpy as np

from utils.puzzles.gradient_check import forward, loss, start


def answer(backward, inputs, targets, p):
    """Four points in place of two, a flat vector, and one question for all."""
    h, c = start(p)
    outputs, _, _, caches = forward(inputs, h, c, p)
    flat = np.concatenate([values.ravel() for values in p.values()])

    def loss_at(vector):
        q, begin = {}, 0
        for name, values in p.items():
            q[name] = vector[begin : begin + values.size].reshape(values.shape)
            begin += values.size
        return loss(forward(inputs, h, c, q)[0], targets)

    numerical = []
    for k in range(len(flat)):
        one = np.zeros(len(flat))
        one[k] = 1e-3
        wide = loss_at(flat + 2 * one) - loss_at(flat - 2 * one)
        narrow = loss_at(flat + one) - loss_at(flat - one)
        numerical.append((8 * narrow - wide) / 12e-3)
    grads = backward(outputs, targets, caches, p)
    analytic = np.concatenate([grads[name].ravel() for name in p])
    return np.allclose(analytic, numerical, rtol=1e-5, atol=1e-9)
