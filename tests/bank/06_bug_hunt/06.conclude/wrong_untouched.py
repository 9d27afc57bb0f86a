# expect: unanswered
def answer(report):
    """The stub."""
    return ...
