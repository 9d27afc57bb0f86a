# expect: only_first_row
def answer(batch, timesteps):
    """Looks at the seam between batches only."""
    return [0] if batch > 1 else []
