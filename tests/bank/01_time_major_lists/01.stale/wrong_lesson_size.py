# expect: hard_coded_size
def answer(batch, timesteps):
    """The sizes of the lesson."""
    return range(0, batch * timesteps, 50 if timesteps == 50 else 4) if batch > 1 else []
