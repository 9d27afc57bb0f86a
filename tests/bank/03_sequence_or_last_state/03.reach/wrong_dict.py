# expect: wrong_type
def answer(moved, delay, sine):
    """By name."""
    return {t: bool(t >= delay and moved[t - delay, t]) for t in range(len(moved))}
