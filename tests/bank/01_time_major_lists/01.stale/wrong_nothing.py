# expect: none
def answer(batch, timesteps):
    """Carried is carried."""
    return []
