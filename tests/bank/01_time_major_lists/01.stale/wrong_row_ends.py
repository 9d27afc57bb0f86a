# expect: row_ends
def answer(batch, timesteps):
    """Where the rows end."""
    return [b * timesteps + timesteps - 1 for b in range(batch)]
