import numpy as np
from keras import ops

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Leaves every state as it was; random pokes."""
    rng = np.random.default_rng(0)
    kept = [(one, ops.copy(one)) for one in model.non_trainable_variables]
    kept += [
        (one, ops.copy(one))
        for layer in model.layers
        for one in getattr(layer, "states", None) or []
        if one is not None
    ]

    def run(first):
        puzzle.reset(model)
        return np.concatenate([model(first), model(x)], axis=2)

    calm = run(x)
    heard = []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] = rng.normal(size=poked[:, j].shape)
        heard.append(np.abs(run(poked) - calm).max(axis=(0, 2, 3)) > 0)
    for variable, value in kept:
        variable.assign(value)
    return heard
