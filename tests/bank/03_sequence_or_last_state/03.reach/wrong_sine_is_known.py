# expect: other_count
def answer(moved, delay, sine):
    """A sine is always known."""
    if sine:
        return [True] * len(moved)
    return [t >= delay and moved[t - delay, t] for t in range(len(moved))]
