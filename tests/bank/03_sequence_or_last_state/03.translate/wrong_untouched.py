# expect: unanswered
def answer(kernel, bias, W, b):
    """The stub."""
    return ...
