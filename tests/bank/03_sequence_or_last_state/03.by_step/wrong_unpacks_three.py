# expect: column_only
def answer(outputs, targets):
    """Knows one layout."""
    rows, timesteps, _ = outputs.shape
    return ((outputs.reshape(rows, timesteps) - targets) ** 2).mean(axis=0)
