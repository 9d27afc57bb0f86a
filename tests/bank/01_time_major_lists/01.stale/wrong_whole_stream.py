# expect: out_of_range
def answer(batch, timesteps):
    """Positions of the next batch."""
    return [batch * timesteps + b * timesteps for b in range(batch)]
