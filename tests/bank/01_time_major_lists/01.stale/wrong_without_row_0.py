# expect: first_row
def answer(batch, timesteps):
    """Takes row 0 for continued."""
    return [b * timesteps for b in range(1, batch)]
