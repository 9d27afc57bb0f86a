# expect: not_finite
def answer(outputs, targets):
    """Divides by the error that may be 0."""
    error = outputs.reshape(targets.shape) - targets
    return (error**2).mean(axis=0) / (error**2).min(axis=0).round(2)
