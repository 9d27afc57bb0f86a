# expect: refuses_form
import numpy as np


def answer(make):
    """Subtracts lists."""
    inputs, targets = make(np.arange(50.0))
    if len(inputs) != len(targets):
        return False
    return bool((np.ravel(targets - inputs) == 1).all())
