# expect: square
def answer(outputs, targets):
    """Looks for the axis that is not the batch."""
    error = outputs.reshape(targets.shape) - targets
    axis = 1 if error.shape[1] == error.shape[0] else 0
    return (error**2).mean(axis=axis)
