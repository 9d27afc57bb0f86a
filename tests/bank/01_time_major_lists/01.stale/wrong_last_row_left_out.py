# expect: missing
def answer(batch, timesteps):
    """The loop ends early."""
    return [b * timesteps for b in range(batch - 1)]
