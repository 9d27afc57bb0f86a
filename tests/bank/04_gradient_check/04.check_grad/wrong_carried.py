# expect: carried
from utils.puzzles.gradient_check import forward, loss, start


def answer(backward, inputs, targets, p):
    """The state goes on through every call."""
    h, c = start(p)
    outputs, h, c, caches = forward(inputs, h, c, p)
    grads = backward(outputs, targets, caches, p)
    for name, values in p.items():
        for k in range(values.size):
            kept = values.flat[k]
            values.flat[k] = kept + 1e-5
            outputs, h, c, _ = forward(inputs, h, c, p)
            above = loss(outputs, targets)
            values.flat[k] = kept - 1e-5
            outputs, h, c, _ = forward(inputs, h, c, p)
            below = loss(outputs, targets)
            values.flat[k] = kept
            n, a = (above - below) / 2e-5, grads[name].flat[k]
            if not abs(a - n) <= 1e-5 * (abs(a) + abs(n)):
                return False
    return True
