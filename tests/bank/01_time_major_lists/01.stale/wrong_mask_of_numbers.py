# expect: mask
def answer(batch, timesteps):
    """1 or 0."""
    return [int(p % timesteps == 0) for p in range(batch * timesteps)]
