# expect: noise_too
def answer(moved, delay, sine):
    """Three samples and nothing else."""
    return moved.sum(axis=0) >= 3
