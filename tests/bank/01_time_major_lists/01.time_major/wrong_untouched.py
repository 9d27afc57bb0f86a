# expect: unanswered
def answer(model, x):
    """[timesteps, batch, features] → [timesteps, batch, classes]."""
    return ...
