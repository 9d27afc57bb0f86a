# expect: long_chunk
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Compares where each chunk ends."""

    def ends(first):
        puzzle.reset(model)
        return np.stack([model(first)[:, :, -1], model(x)[:, :, -1]])

    calm, heard = ends(x), []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] += 1
        heard.append((ends(poked) != calm).any(axis=(0, 1, 3)))
    puzzle.reset(model)
    return np.array(heard)
