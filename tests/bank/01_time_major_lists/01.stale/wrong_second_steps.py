# expect: too_many
def answer(batch, timesteps):
    """One after the start."""
    return [b * timesteps + 1 for b in range(batch)] if batch > 1 else []
