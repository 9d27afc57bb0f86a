# expect: length
def answer(moved, delay, sine):
    """Leaves out the first outputs."""
    return [bool(moved[t - delay, t]) for t in range(delay, len(moved))]
