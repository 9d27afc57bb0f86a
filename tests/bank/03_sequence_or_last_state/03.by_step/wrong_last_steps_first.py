# expect: values
def answer(outputs, targets):
    """Turned around."""
    return ((outputs.reshape(targets.shape) - targets) ** 2).mean(axis=0)[::-1]
