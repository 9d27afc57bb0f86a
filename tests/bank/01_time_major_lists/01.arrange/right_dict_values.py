def answer(stream, labels, batch, timesteps):
    """A dict by step, and its values in the order of the steps."""
    rows = stream.reshape(batch, timesteps)
    inputs = {t: rows[:, t : t + 1] for t in range(timesteps)}
    targets = {t: labels.reshape(batch, timesteps)[:, t] for t in range(timesteps)}
    return inputs.values(), targets.values()
