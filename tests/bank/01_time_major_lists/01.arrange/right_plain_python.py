def answer(stream, labels, batch, timesteps):
    """Lists of lists, nothing imported."""
    rows = range(0, batch * timesteps, timesteps)
    inputs = [[[stream[row + t]] for row in rows] for t in range(timesteps)]
    targets = [[labels[row + t] for row in rows] for t in range(timesteps)]
    return inputs, targets
