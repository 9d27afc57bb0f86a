# expect: changed_arguments


def answer(a, b):
    """Puts the caller's losses in order."""
    a.sort()
    b.sort()
    return "not shown"
