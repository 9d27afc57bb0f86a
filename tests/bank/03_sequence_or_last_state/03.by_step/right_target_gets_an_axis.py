def answer(outputs, targets):
    """The other way round: the targets are given the axis of 1."""
    error = outputs.reshape(*targets.shape, 1) - targets[..., None]
    return (error**2).mean(axis=(0, 2))
