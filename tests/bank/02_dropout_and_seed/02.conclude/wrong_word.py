# expect: wrong_word


def answer(a, b):
    """Nearly the words."""
    return "A" if a.mean() < b.mean() else "B"
