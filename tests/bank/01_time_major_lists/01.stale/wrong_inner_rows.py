# expect: missing
def answer(batch, timesteps):
    """Neither the first nor the last row."""
    return [b * timesteps for b in range(1, batch - 1)]
