# expect: always_yes


def answer(model, x, y):
    """Of course it drops."""
    return True
