# expect: no_change
from utils.puzzles.gradient_check import forward, loss, start


def answer(backward, inputs, targets, p):
    """Moves a copy, and asks for the loss of the original."""
    h, c = start(p)
    outputs, _, _, caches = forward(inputs, h, c, p)
    grads = backward(outputs, targets, caches, p)
    for name, values in p.items():
        for k in range(values.size):
            moved = {key: array.copy() for key, array in p.items()}
            moved[name].flat[k] += 1e-4
            above = loss(forward(inputs, h, c, p)[0], targets)
            moved[name].flat[k] -= 2e-4
            below = loss(forward(inputs, h, c, p)[0], targets)
            n, a = (above - below) / 2e-4, grads[name].flat[k]
            if not abs(a - n) <= 1e-5 * (abs(a) + abs(n)):
                return False
    return True
