# expect: unanswered
def answer(model, x):
    """The stub."""
    return ...
