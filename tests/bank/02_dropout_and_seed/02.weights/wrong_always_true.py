# expect: always_yes


def answer(a, b):
    """Never looks."""
    return True
