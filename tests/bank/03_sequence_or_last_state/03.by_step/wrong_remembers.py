# expect: unsteady
def answer(outputs, targets, seen=[]):
    """A mean over all that was ever asked."""
    seen.append(1)
    squares = ((outputs.reshape(targets.shape) - targets) ** 2).mean(axis=0)
    return squares if len(seen) <= 10 else squares * len(seen)
