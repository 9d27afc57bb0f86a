import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """With `predict`, and one column of the map at a time."""

    def run(first):
        puzzle.reset(model)
        batch = len(x)
        parts = [model.predict(part, batch_size=batch, verbose=0) for part in (first, x)]
        return np.concatenate(parts, axis=2)

    calm = run(x)
    changes = []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] -= 1
        changes.append(~np.isclose(run(poked), calm, rtol=1e-6, atol=1e-7))
    puzzle.reset(model)
    return np.array([[one[:, i].any() for i in range(x.shape[1])] for one in changes])
