# expect: unanswered
def answer(timesteps, delay, units):
    """The stub."""
    return ...
