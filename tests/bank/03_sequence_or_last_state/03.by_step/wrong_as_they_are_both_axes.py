# expect: stretched
def answer(outputs, targets):
    """Made to fit afterwards: a mean over all axes but the last."""
    squares = (outputs - targets) ** 2
    return squares.mean(axis=tuple(range(squares.ndim - 1)))
