# expect: one_row
def answer(batch, timesteps):
    """Row starts, also of a single row."""
    return [b * timesteps for b in range(batch)]
