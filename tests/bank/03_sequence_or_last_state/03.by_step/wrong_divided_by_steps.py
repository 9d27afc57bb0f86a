# expect: scaled
def answer(outputs, targets):
    """Divides by the other size."""
    squares = (outputs.reshape(targets.shape) - targets) ** 2
    return squares.sum(axis=0) / targets.shape[1]
