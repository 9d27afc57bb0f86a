# expect: wrong_type
def answer(batch, timesteps):
    """A dictionary."""
    return {"stale": [b * timesteps for b in range(batch)]}
