# expect: unsteady
def answer(batch, timesteps, found=[]):
    """The default list is made once and grows from call to call."""
    found += [b * timesteps for b in range(batch) if batch > 1]
    return found
