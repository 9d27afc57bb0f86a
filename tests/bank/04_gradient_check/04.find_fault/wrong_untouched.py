# expect: unanswered
def answer(table):
    """table: {timesteps: {block: norm error}} -> "right", or the name of the fault."""
    return ...
