# expect: never_called
import numpy as np

kept = []


def answer(make):
    """Remembers what it found out about the first one."""
    if not kept:
        inputs, targets = (np.ravel(side) for side in make(np.arange(50.0)))
        kept.append(bool((targets - inputs == 1).all()))
    return kept[0]
