# expect: first_neighbours
def answer(batch, timesteps):
    """The positions of a flat list element 0."""
    return range(batch) if batch > 1 else ()
