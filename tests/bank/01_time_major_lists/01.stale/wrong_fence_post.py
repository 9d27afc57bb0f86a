# expect: out_of_range
def answer(batch, timesteps):
    """One too many at the end."""
    return range(0, batch * timesteps + 1, timesteps)
