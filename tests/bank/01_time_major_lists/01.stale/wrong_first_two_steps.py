# expect: too_many
def answer(batch, timesteps):
    """The start and the step after."""
    return [b * timesteps + t for b in range(batch) for t in (0, 1)] if batch > 1 else []
