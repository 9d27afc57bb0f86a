# expect: changed_arguments
def answer(outputs, targets):
    """Saves memory."""
    error = outputs.reshape(targets.shape)
    error -= targets
    return (error**2).mean(axis=0)
