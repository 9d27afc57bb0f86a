# expect: raised


def answer(a, b):
    """Tables for ten pairs only."""
    if len(a) != 10:
        raise ValueError("ten pairs, please")
    return "not shown"
