# expect: axes_mistaken
def answer(batch, timesteps):
    """Batch for timesteps."""
    return list(range(0, batch * timesteps, batch)) if batch > 1 else []
