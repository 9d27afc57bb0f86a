def answer(outputs, targets):
    """Written out, with Python's numbers."""
    rows, timesteps = targets.shape
    result = []
    for t in range(timesteps):
        total = 0.0
        for n in range(rows):
            value = outputs[n, t] if outputs.ndim == 2 else outputs[n, t, 0]
            total += (float(value) - float(targets[n, t])) ** 2
        result.append(total / rows)
    return result
