from math import comb


def answer(a, b):
    """Counts the pairs on either side."""
    lower = sum(bool(x < y) for x, y in zip(a, b))
    higher = sum(bool(x > y) for x, y in zip(a, b))
    n, few = lower + higher, min(lower, higher)
    p = 2 * sum(comb(n, k) for k in range(few + 1)) / 2**n
    if p > 0.05:
        return "not shown"
    return "a" if lower > higher else "b"
