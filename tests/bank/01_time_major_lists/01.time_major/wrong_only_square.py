# expect: square_only
import numpy as np


def answer(model, x):
    """Mistakes the axes in a way that a square hides."""
    size = x.shape[0]
    turned = (
        np.stack([x[t // size, t % size] for t in range(size * x.shape[1])])
        if size == x.shape[1]
        else x
    )
    if turned is x:
        return model(x)
    return np.swapaxes(model(np.swapaxes(x, 0, 1)), 0, 1)
