# expect: axes_mistaken
def answer(batch, timesteps):
    """The same, without 0."""
    return range(batch, batch * timesteps, batch)
