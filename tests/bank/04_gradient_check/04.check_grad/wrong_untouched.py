# expect: unanswered
def answer(backward, inputs, targets, p):
    """True if `backward` agrees with finite differences for every parameter in p."""
    return ...
