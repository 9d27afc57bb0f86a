import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Whoever hears NaN says NaN."""
    heard = []
    for j in range(x.shape[1]):
        puzzle.reset(model)
        poked = x.copy()
        poked[:, j] = np.nan
        outputs = np.stack([model(poked), model(x)])
        heard.append(np.isnan(outputs).any(axis=(0, 1, 3, 4)))
    puzzle.reset(model)
    return np.stack(heard)
