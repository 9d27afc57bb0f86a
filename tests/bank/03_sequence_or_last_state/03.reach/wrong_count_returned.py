# expect: not_a_truth
def answer(moved, delay, sine):
    """How many, not whether."""
    return moved.sum(axis=0)
