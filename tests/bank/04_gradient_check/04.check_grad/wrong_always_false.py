# expect: never_asked
def answer(backward, inputs, targets, p):
    """Better safe than sorry."""
    return False
