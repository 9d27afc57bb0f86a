def answer(batch, timesteps):
    """By division."""
    return {p for p in range(batch * timesteps) if p % timesteps == 0 and batch != 1}
