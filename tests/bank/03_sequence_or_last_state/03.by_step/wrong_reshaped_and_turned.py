# expect: values
def answer(outputs, targets):
    """A reshape that mixes rows and steps."""
    error = outputs.reshape(targets.shape[::-1]).T - targets
    return (error**2).mean(axis=0)
