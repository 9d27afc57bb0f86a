# expect: transposed
def answer(moved, delay, sine):
    """Takes rows for outputs throughout."""
    own = [t >= delay and row[t - delay] for t, row in enumerate(moved)]
    return [o or (sine and sum(row) >= 3) for o, row in zip(own, moved, strict=True)]
