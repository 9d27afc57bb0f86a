# expect: few_pairs


def answer(a, b):
    """The ranges do not overlap."""
    if a.max() < b.min():
        return "a"
    if b.max() < a.min():
        return "b"
    return "not shown"
