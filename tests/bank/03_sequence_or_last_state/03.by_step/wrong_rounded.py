# expect: values
def answer(outputs, targets):
    """One decimal."""
    return ((outputs.reshape(targets.shape) - targets) ** 2).mean(axis=0).round(1)
