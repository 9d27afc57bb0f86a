# expect: wrong_word


def answer(a, b):
    """A number that one would have to interpret."""
    return a.mean() - b.mean()
