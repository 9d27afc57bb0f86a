# expect: always_no


def answer(a, b):
    """Two objects are never the same object."""
    return a is b
