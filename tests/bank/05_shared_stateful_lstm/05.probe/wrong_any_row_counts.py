# expect: rows
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Calls it a leak where another row than the poked one moves."""

    def two_chunks(first):
        puzzle.reset(model)
        return np.stack([model(first), model(x)])

    calm, heard = two_chunks(x), []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[0, j] += 1
        moved = (two_chunks(poked) != calm).any(axis=(0, 3, 4))
        heard.append(moved.any(axis=0) | moved[1:].any())
    puzzle.reset(model)
    return np.array(heard)
