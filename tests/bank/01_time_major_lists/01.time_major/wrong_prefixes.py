# expect: cut_short
import numpy as np


def answer(model, x):
    """The stream so far, for each step: right only if the model reads one way."""
    turned = x.swapaxes(0, 1)
    return np.stack([np.asarray(model(turned[:, : t + 1]))[:, -1] for t in range(len(x))])
