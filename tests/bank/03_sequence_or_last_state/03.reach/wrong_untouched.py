# expect: unanswered
def answer(moved, delay, sine):
    """The stub."""
    return ...
