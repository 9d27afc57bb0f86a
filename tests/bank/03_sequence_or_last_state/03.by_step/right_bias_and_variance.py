def answer(outputs, targets):
    """The square of the mean error and the variance add up to it."""
    error = outputs.reshape(targets.shape).astype(float) - targets
    return error.mean(axis=0) ** 2 + error.var(axis=0)
