# expect: own_only
def answer(moved, delay, sine):
    """Noise only."""
    return [t >= delay and moved[t - delay, t] for t in range(len(moved))]
