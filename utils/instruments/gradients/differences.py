"""Are the gradients those of what is descended? Differences of it, along random lines."""


def look_at_differences(step, trial):
    """Findings on gradients that are not those of the loss, facts, and what can't be told."""
    return [], [], ["Gradients were not compared with differences."]
