# expect: returned_none
import numpy as np


def answer(outputs, targets):
    """Shown, not returned."""
    print(np.mean((outputs.reshape(targets.shape) - targets) ** 2, axis=0))
