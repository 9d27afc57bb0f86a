# expect: row_ends
def answer(batch, timesteps):
    """The seams, one too early."""
    return [b * timesteps - 1 for b in range(1, batch)]
