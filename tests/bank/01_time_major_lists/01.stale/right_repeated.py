def answer(batch, timesteps):
    """Named twice is named."""
    starts = [float(b * timesteps) for b in range(batch) if batch > 1]
    return tuple(starts + starts)
