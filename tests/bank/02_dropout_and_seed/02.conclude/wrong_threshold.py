# expect: units


def answer(a, b):
    """Half a unit is a lot, is it not?"""
    if abs(a.mean() - b.mean()) < 0.5:
        return "not shown"
    return "a" if a.mean() < b.mean() else "b"
