# expect: short_signal
def answer(make):
    """Letters have an order, too."""
    inputs, targets = make("abcdefghijklmnopqrstuvwxyz")
    return all(ord(t) - ord(i) == 1 for i, t in zip(inputs, targets))
