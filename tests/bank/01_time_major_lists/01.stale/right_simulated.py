def answer(batch, timesteps):
    """Follows the memory: each state is the number of the last element that it has seen."""
    n = batch * timesteps
    memory = [None] * batch
    for start in (0, n):
        found = []
        for b in range(batch):
            for t in range(timesteps):
                element = start + b * timesteps + t
                if memory[b] != element - 1:
                    found.append(element - start)
                memory[b] = element
    return found
