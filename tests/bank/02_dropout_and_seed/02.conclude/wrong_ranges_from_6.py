# expect: weak


def answer(a, b):
    """Ranges again, where they promise enough: and miss nearly all."""
    if len(a) >= 6 and a.max() < b.min():
        return "a"
    if len(a) >= 6 and b.max() < a.min():
        return "b"
    return "not shown"
