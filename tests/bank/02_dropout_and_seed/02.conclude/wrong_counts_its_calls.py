# expect: wrong_side
calls = []


def answer(a, b):
    """The first calls were clear, then a few hundred nothings: a cheat that counts."""
    calls.append(1)
    if len(calls) <= 18:
        return "a" if a.mean() < b.mean() else "b"
    if len(calls) <= 598:
        return "not shown"
    return "b"
