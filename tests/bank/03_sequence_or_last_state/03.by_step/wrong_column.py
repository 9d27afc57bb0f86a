# expect: shape
def answer(outputs, targets):
    """A column of steps."""
    outputs, targets = outputs.reshape(*targets.shape, 1), targets[..., None]
    return ((outputs - targets) ** 2).mean(axis=0)
