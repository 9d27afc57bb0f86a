import itertools
import math


def answer(a, b):
    """Sign-flip in plain Python."""
    d = [float(x) - float(y) for x, y in zip(a, b)]
    if not all(map(math.isfinite, d)):
        return "not shown"
    seen = abs(sum(d))
    extreme = 0
    for signs in itertools.product((-1, 1), repeat=len(d)):
        if abs(sum(s * x for s, x in zip(signs, d))) >= seen - 1e-9 * abs(seen):
            extreme += 1
    if extreme / 2 ** len(d) > 0.05:
        return "not shown"
    return "a" if sum(d) < 0 else "b"
