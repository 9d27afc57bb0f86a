# expect: unanswered
def answer(make):
    """make: signal [n] -> inputs, targets. True if every target follows its input."""
    return ...
