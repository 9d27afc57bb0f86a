# expect: not_averaged
def answer(outputs, targets):
    """The squares themselves."""
    return (outputs.reshape(targets.shape) - targets) ** 2
