# expect: a_number
def answer(batch, timesteps):
    """How many."""
    return batch if batch > 1 else 0
