# expect: missing
def answer(batch, timesteps):
    """Every second row."""
    return [b * timesteps for b in range(0, batch, 2)] if batch > 1 else []
