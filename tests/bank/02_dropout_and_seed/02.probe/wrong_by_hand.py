# expect: fooled
import numpy as np


def answer(model, x, y):
    """Calls the model as fit does not."""
    return bool(np.any(np.array(model(x, training=True)) != np.array(model(x, training=True))))
