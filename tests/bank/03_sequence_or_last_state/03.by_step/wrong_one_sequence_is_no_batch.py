# expect: one_sequence
def answer(outputs, targets):
    """Takes a batch of one for no batch at all."""
    error = outputs.reshape(targets.shape) - targets
    if len(error) == 1:
        return (error**2).mean()
    return (error**2).mean(axis=0)
