# expect: few_pairs


def answer(a, b):
    """Every seed says the same."""
    if all(a < b):
        return "a"
    return "b" if all(a > b) else "not shown"
