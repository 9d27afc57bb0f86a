# expect: returned_none
def answer(batch, timesteps):
    """Counts, and forgets to return."""
    positions = [b * timesteps for b in range(batch)]
