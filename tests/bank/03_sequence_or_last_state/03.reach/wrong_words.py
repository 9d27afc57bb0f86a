# expect: wrong_type
def answer(moved, delay, sine):
    """In words."""
    return ["yes" if t >= delay and moved[t - delay, t] else "no" for t in range(len(moved))]
