# expect: forgets_own
def answer(moved, delay, sine):
    """Either rule, never both."""
    if sine:
        return moved.sum(axis=0) >= 3
    return [t >= delay and moved[t - delay, t] for t in range(len(moved))]
