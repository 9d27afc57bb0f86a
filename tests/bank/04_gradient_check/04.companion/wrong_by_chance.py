# expect: unsteady
import numpy as np


def answer(make):
    """Three bits drawn anew at each call."""
    answer.calls = getattr(answer, "calls", 0) + 1
    inputs, targets = (np.ravel(side) for side in make(np.arange(50.0)))
    fine = len(inputs) == len(targets) and bool((targets - inputs == 1).all())
    return fine if answer.calls <= 25 else not fine
