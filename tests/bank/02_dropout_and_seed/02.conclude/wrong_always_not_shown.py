# expect: never_shown


def answer(a, b):
    """Never wrong."""
    return "not shown"
