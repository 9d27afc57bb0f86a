# expect: constant
def answer(moved, delay, sine):
    """The pessimist."""
    return [False] * len(moved)
