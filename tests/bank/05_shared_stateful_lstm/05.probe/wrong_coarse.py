# expect: too_coarse
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """A limit that looks small."""

    def two_chunks(first):
        puzzle.reset(model)
        return np.stack([model(first), model(x)])

    calm, heard = two_chunks(x), []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] += 1
        change = np.abs(two_chunks(poked) - calm)
        heard.append(change.max(axis=(0, 1, 3, 4)) > 0.003)
    puzzle.reset(model)
    return np.array(heard)
