# expect: always_shown


def answer(a, b):
    """The lower mean wins."""
    return "a" if a.mean() < b.mean() else "b"
