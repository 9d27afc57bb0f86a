# expect: everything
def answer(batch, timesteps):
    """All of them, as they are all carried."""
    return range(batch * timesteps)
