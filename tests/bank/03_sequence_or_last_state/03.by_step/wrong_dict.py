# expect: wrong_type
def answer(outputs, targets):
    """Each step by its name."""
    squares = ((outputs.reshape(targets.shape) - targets) ** 2).mean(axis=0)
    return dict(enumerate(squares))
