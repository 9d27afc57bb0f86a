# expect: unanswered
def answer(x, window):
    """The mean of the last `window` values up to each step, [timesteps] -> [timesteps]."""
    return ...
