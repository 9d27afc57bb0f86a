# expect: not_asked
def answer(model, stream, i):
    """What a right model would move; this one is not asked."""
    return range(i, len(stream))
