# expect: unanswered
def answer(batch, timesteps):
    """The positions whose carried state comes from elsewhere."""
    return ...
